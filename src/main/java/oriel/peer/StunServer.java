package oriel.peer;

import java.util.List;

/**
 * A server that tells us how we look from outside.
 *
 * @param host name or address
 * @param port usually 3478
 */
public record StunServer(String host, int port) {
    /** Asked only where the owner wants to be found by STUN and names no server of his own. */
    static final List<StunServer> PUBLIC =
            List.of(new StunServer("stun.cloudflare.com", 3478), new StunServer("stun.l.google.com", 19302));
}
