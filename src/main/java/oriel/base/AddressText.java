package oriel.base;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes addresses as people and protocols read them: without the scope that Java puts behind IPv6 addresses ({@code
 * fe80::1%eth0}), which means something on this machine only.
 */
public final class AddressText {
    private static final char SCOPE = '%';
    private static final int NETWORK_BYTES = 8;

    private AddressText() {}

    /** {@code 192.0.2.7} or {@code fe80:0:0:0:0:0:0:1}. */
    public static String host(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf(SCOPE);
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** The address as one visitor's: of IPv6 the network of 64 bits, for whoever has one of its addresses has them all. */
    public static String visitor(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES));
    }

    /** {@code 192.0.2.7:8555} or {@code [fe80:0:0:0:0:0:0:1]:8555}; of one that is not resolved its name. */
    public static String endpoint(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : host(resolved);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
