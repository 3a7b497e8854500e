package oriel.base;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Writes addresses as people and protocols read them: without the scope that Java puts behind IPv6 addresses ({@code
 * fe80::1%eth0}), which means something on this machine only.
 */
public final class AddressText {
    private static final char SCOPE = '%';

    private AddressText() {}

    /** {@code 192.0.2.7} or {@code fe80:0:0:0:0:0:0:1}. */
    public static String host(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf(SCOPE);
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** {@code 192.0.2.7:8555} or {@code [fe80:0:0:0:0:0:0:1]:8555}; of one that is not resolved its name. */
    public static String endpoint(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : host(resolved);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
