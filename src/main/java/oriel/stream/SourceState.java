package oriel.stream;

/** Where a source, and so a stream, is in its life; the words of API, MQTT, page and log. */
public enum SourceState {
    /** Nobody wants it, so the camera rests. */
    IDLE(1),
    /** The first try, or another, is under way. */
    CONNECTING(3),
    /** Connected and described. */
    LIVE(4),
    /** The last try failed; the next one has its time. */
    RETRYING(2),
    /** Disabled by its owner. */
    OFF(0);

    private final int rank;

    SourceState(int rank) {
        this.rank = rank;
    }

    /** How much a viewer may hope for; a stream has the state of its most hopeful source. */
    int rank() {
        return rank;
    }

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
