package oriel.access;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a URL leads, read with suspicion: parsers differ on where the password ends and the host begins, so each host that
 * one of them could see is looked at, and the worst one counts.
 */
final class HttpTarget {
    private static final int MAX_HOSTS = 16;
    private static final Pattern NAME = Pattern.compile("(?!.*\\.\\d+\\.?$)[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");
    private static final Pattern NUMBERS =
            Pattern.compile("(0[xX][0-9A-Fa-f]*|\\d+)(\\.(0[xX][0-9A-Fa-f]*|\\d+)){0,3}\\.?");

    private HttpTarget() {}

    /**
     * What is wrong with the host, in words; empty if it is one that anybody who may add sources may name.
     *
     * @param rest what follows {@code ://}
     * @param ownNames names of this machine in lower case
     */
    static Optional<String> problem(String rest, boolean admin, Set<String> ownNames) {
        if (rest.indexOf('\\') >= 0) {
            return Optional.of("An address has no backslash; write %5C.");
        }
        List<String> hosts = hosts(rest);
        if (hosts.size() > MAX_HOSTS) {
            return Optional.of("An address has at most " + MAX_HOSTS + " @; write %40.");
        }
        boolean usable = false;
        for (String host : hosts) {
            Optional<Boolean> local = isLocal(host, ownNames);
            usable |= local.isPresent();
            if (local.orElse(false) && !admin) {
                return Optional.of(
                        "An address on this machine, on its own wire or in Home Assistant's inner network may be"
                                + " added by http only by an admin, or in the configuration file.");
            }
        }
        return usable ? Optional.empty() : Optional.of("An address needs a host: a name or an IP address.");
    }

    private static List<String> hosts(String rest) {
        List<String> hosts = new ArrayList<>();
        int authorityEnd = end(rest, 0, "/?#");
        int firstAt = rest.indexOf('@');
        if (firstAt < 0 || firstAt > authorityEnd) {
            hosts.add(host(rest, 0));
        }
        for (int at = firstAt; at >= 0 && hosts.size() <= MAX_HOSTS; at = rest.indexOf('@', at + 1)) {
            hosts.add(host(rest, at + 1));
        }
        return hosts;
    }

    private static String host(String rest, int start) {
        return rest.startsWith("[", start)
                ? rest.substring(start, Math.min(rest.length(), end(rest, start, "]") + 1))
                : rest.substring(start, end(rest, start, ":/?#@"));
    }

    private static int end(String text, int start, String ends) {
        for (int i = start; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Whether {@code host} is near; empty if it is no host at all. */
    private static Optional<Boolean> isLocal(String host, Set<String> ownNames) {
        try {
            if (host.startsWith("[") && host.endsWith("]")) {
                return adminOnly(Inet6Address.ofLiteral(host.substring(1, host.length() - 1)));
            }
            if (NUMBERS.matcher(host).matches()) {
                // As the C library reads it: 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1.
                String numbers = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
                return adminOnly(Inet4Address.ofPosixLiteral(numbers));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!NAME.matcher(host).matches()) {
            return Optional.empty();
        }
        String name = host.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return Optional.of(name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith("localhost.")
                || name.startsWith("ip6-lo")
                || ownNames.contains(name));
    }

    private static Optional<Boolean> adminOnly(InetAddress address) {
        return Optional.of(AddressClass.of(address).adminOnly());
    }
}
