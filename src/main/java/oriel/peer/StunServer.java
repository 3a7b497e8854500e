package oriel.peer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    private static final int DEFAULT_PORT = 3478;

    /** The server of {@code stun:host[:port]} (RFC 7064); empty for TURN and for what is no such address. */
    public static Optional<StunServer> parse(String url) {
        if (!url.toLowerCase(Locale.ROOT).startsWith("stun:")) {
            return Optional.empty();
        }
        String rest = url.substring(5);
        int query = rest.indexOf('?');
        String address = query < 0 ? rest : rest.substring(0, query);
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > 0 && colon > address.lastIndexOf(']');
        String host = hasPort ? address.substring(0, colon) : address;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = hasPort ? Integer.parseInt(address.substring(colon + 1)) : DEFAULT_PORT;
            boolean usable = !host.isEmpty() && port > 0 && port <= 0xFFFF;
            return usable ? Optional.of(new StunServer(host, port)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
