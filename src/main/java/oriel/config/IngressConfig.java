package oriel.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The door through Home Assistant's front end ({@code oriel.ingress}).
 *
 * @param listen TCP; empty if the configuration opens none; in the app the Supervisor says which; the default
 * @param peer the only address that is served there; default 172.30.32.2, the Supervisor
 */
public record IngressConfig(Optional<Listen> listen, InetAddress peer) {
    /** The Supervisor's address in its own network. */
    public static final InetAddress SUPERVISOR = InetAddress.ofLiteral("172.30.32.2");

    /** What holds where the owner says nothing. */
    public static final IngressConfig STANDARD = new IngressConfig(Optional.empty(), SUPERVISOR);
}
