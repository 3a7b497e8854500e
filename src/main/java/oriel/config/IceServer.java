package oriel.config;

import java.util.List;
import java.util.Optional;
import oriel.base.Secret;

/**
 * A STUN or TURN server.
 *
 * @param urls at least one, each {@code stun: stuns: turn:} or {@code turns:}
 * @param username for TURN; empty if there is none
 * @param credential for TURN; empty if there is none
 */
public record IceServer(List<String> urls, String username, Optional<Secret> credential) {
    public IceServer {
        urls = List.copyOf(urls);
    }
}
