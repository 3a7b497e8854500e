package oriel.output.webrtc;

import java.net.InetAddress;
import java.util.Optional;
import oriel.peer.OfferedServers;

/**
 * How an offer came in.
 *
 * @param askedAt the address in the request's Host header, if it is one
 * @param trickles whether further candidates can be sent after the answer; else the answer holds all
 * @param servers those that the offer names, to be asked how we look from outside
 */
public record OfferDoor(Optional<InetAddress> askedAt, boolean trickles, OfferedServers servers) {
    /** For offers that name no servers. */
    public OfferDoor(Optional<InetAddress> askedAt, boolean trickles) {
        this(askedAt, trickles, OfferedServers.NONE);
    }

    /** The same for an offer that names these. */
    public OfferDoor with(OfferedServers named) {
        return new OfferDoor(askedAt, trickles, named);
    }
}
