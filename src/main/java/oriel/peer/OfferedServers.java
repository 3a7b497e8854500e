package oriel.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers that an offer brings ({@code ice_servers}), as far as they are asked: STUN over UDP.
 *
 * @param servers at most {@value #MOST}
 * @param others how many there were that are not asked: TURN, TLS, what is no address, what was too many
 */
public record OfferedServers(List<StunServer> servers, int others) {
    /** Servers of one offer that are asked. */
    public static final int MOST = 4;

    /** No servers. */
    public static final OfferedServers NONE = new OfferedServers(List.of(), 0);

    public OfferedServers {
        servers = List.copyOf(servers);
    }

    /** Reads their addresses, as browsers' {@code RTCIceServer.urls} have them. */
    public static OfferedServers of(List<String> urls) {
        List<StunServer> servers = new ArrayList<>();
        int others = 0;
        for (String url : urls) {
            Optional<StunServer> server = StunServer.parse(url);
            if (server.isPresent() && servers.size() < MOST && !servers.contains(server.get())) {
                servers.add(server.get());
            } else {
                others++;
            }
        }
        return new OfferedServers(servers, others);
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }
}
