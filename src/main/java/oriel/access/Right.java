package oriel.access;

/** What a route asks of whoever uses it; {@link Role#may} says who has it. */
public enum Right {
    /** Nothing: what holds no secret and changes nothing, such as scripts and signs of life. */
    OPEN,
    /** To be somebody. */
    KNOWN,
    /** To watch the streams that are there for them. */
    VIEW,
    /** To add streams and give them other sources, and to keep them connected. */
    ADD,
    /** To take streams away and end viewers. */
    OPERATE,
    /** Everything else: settings, links, logs, counters, an end. */
    ADMIN;

    /** Whether who has it may do more than look. */
    public boolean changes() {
        return this == ADD || this == OPERATE || this == ADMIN;
    }
}
