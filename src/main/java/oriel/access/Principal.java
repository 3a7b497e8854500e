package oriel.access;

/**
 * Who asks.
 *
 * @param name for the log and for other users' eyes
 * @param role what they may do
 * @param door by which they came
 * @param streams the streams that are there for them
 * @param link whether a link let them in, which opens players and nothing else
 */
public record Principal(String name, Role role, Door door, StreamScope streams, boolean link) {
    /** Somebody for whom all streams are there. */
    public Principal(String name, Role role, Door door) {
        this(name, role, door, StreamScope.ALL, false);
    }
}
