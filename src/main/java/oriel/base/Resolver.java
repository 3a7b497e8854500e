package oriel.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The seam through which host names become addresses. Blocks; called on virtual threads only, never on a loop. */
@FunctionalInterface
public interface Resolver {
    /**
     * The addresses of {@code host}, at least one.
     *
     * @param host a name or an IP literal without brackets
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** This machine's own resolver. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
