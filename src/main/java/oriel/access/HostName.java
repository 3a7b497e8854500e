package oriel.access;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a {@code Host} header or an origin.
 *
 * @param name in lower case without a dot at its end; an address as Java writes it
 * @param address whether it is an IP literal
 */
record HostName(String name, boolean address) {
    private static final int MAX_CHARS = 253;
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[^:\\[\\]]+)(?::\\d{1,5})?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_][a-z0-9_-]{0,62})*");

    /** {@code host[:port]} without anything else; empty if it is not that. */
    static Optional<HostName> parse(String authority) {
        if (authority.length() > MAX_CHARS + 7) {
            return Optional.empty();
        }
        Matcher matcher = WITH_PORT.matcher(authority);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        try {
            if (host.startsWith("[")) {
                return Optional.of(of(Inet6Address.ofLiteral(host.substring(1, host.length() - 1))));
            }
            if (IPV4.matcher(host).matches()) {
                return Optional.of(of(Inet4Address.ofLiteral(host)));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // an address with a part beyond its range
        }
        String name = host.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return NAME.matcher(name).matches() ? Optional.of(new HostName(name, false)) : Optional.empty();
    }

    private static HostName of(InetAddress address) {
        return new HostName(address.getHostAddress(), true);
    }
}
