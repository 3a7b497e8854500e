package oriel.access;

/**
 * Who asks.
 *
 * @param name for the log and for other users' eyes
 * @param role what they may do
 * @param door by which they came
 * @param streams the streams that are there for them
 * @param link whether a link let them in, which opens players and nothing else
 * @param grounds on what all this stands
 */
public record Principal(String name, Role role, Door door, StreamScope streams, boolean link, Grounds grounds) {
    /** Somebody for whom all streams are there, on no grounds that could end. */
    public Principal(String name, Role role, Door door) {
        this(name, role, door, StreamScope.ALL, false, new Grounds.Nothing());
    }

    /** Whether they may view a stream of this name. */
    public boolean mayView(String stream) {
        return role.may(Right.VIEW) && streams.allows(stream);
    }
}
