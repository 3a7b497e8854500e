package oriel.output.webrtc;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How an offer came in.
 *
 * @param askedAt the address in the request's Host header, if it is one
 * @param trickles whether further candidates can be sent after the answer; else the answer holds all
 */
public record OfferDoor(Optional<InetAddress> askedAt, boolean trickles) {}
