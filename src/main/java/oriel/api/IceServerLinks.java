package oriel.api;

import java.util.ArrayList;
import java.util.List;
import oriel.base.Secret;
import oriel.config.IceServer;

/** Tells a viewer of STUN and TURN servers by {@code Link} headers (RFC 9725, 4.6). */
final class IceServerLinks {
    private IceServerLinks() {}

    /** One value for all of them; empty if there are none. What cannot stand in a header is left out. */
    static String header(List<IceServer> servers) {
        List<String> links = new ArrayList<>();
        for (IceServer server : servers) {
            String secret = server.credential().map(Secret::reveal).orElse("");
            boolean sayable = isSayable(server.username()) && isSayable(secret);
            for (String url : server.urls()) {
                boolean turn = url.startsWith("turn");
                if (!isSayable(url) || url.indexOf('>') >= 0 || (turn && !sayable)) {
                    continue;
                }
                links.add(turn ? link(url) + credential(server.username(), secret) : link(url));
            }
        }
        return String.join(", ", links);
    }

    private static String link(String url) {
        return "<" + url + ">; rel=\"ice-server\"";
    }

    private static String credential(String username, String secret) {
        return "; username=" + quoted(username) + "; credential=" + quoted(secret) + "; credential-type=\"password\"";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static boolean isSayable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
