package oriel.access;

import java.util.Optional;
import oriel.base.AddressText;

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

    /** By which they are told from others who come from the same peer; empty where nothing tells them. */
    public Optional<String> key() {
        return switch (grounds) {
            case Grounds.Member(String id) -> Optional.of("member " + id);
            case Grounds.Login l -> Optional.of("login " + name);
            case Grounds.Link(String id) -> Optional.of("link " + id);
            case Grounds.Place(var address, boolean proxied, boolean known) ->
                known ? Optional.of("address " + AddressText.visitor(address)) : Optional.empty();
            case Grounds.Nothing n -> Optional.empty();
        };
    }

    /** Whether they may view a stream of this name. */
    public boolean mayView(String stream) {
        return role.may(Right.VIEW) && streams.allows(stream);
    }
}
