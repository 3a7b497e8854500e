package oriel.config;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/**
 * A host and a port as people write them.
 *
 * @param host an IP literal without brackets, a name, or empty
 */
record HostPort(String host, int port) {
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}\\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,5}");

    static HostPort parse(String text) throws RuleException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new RuleException(
                    "has no port: an address is host:port, or :port for every address",
                    DIGITS.matcher(text).matches() ? "Write \":" + text + "\"" : "Add a colon and the port");
        }
        return new HostPort(host(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    static String host(String text) throws RuleException {
        if (text.startsWith("[") && text.endsWith("]") && isIpv6(text.substring(1, text.length() - 1))) {
            return text.substring(1, text.length() - 1);
        }
        if (isIpv6(text)) {
            throw new RuleException("needs brackets around an IPv6 address", "Write \"[::1]:8555\"");
        }
        if (!text.isEmpty() && !isName(text)) {
            throw new RuleException("names no host: an IP address, a name, or nothing", "Write \"127.0.0.1:1984\"");
        }
        return text;
    }

    static int port(String text) throws RuleException {
        int port = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65535) {
            throw new RuleException("has no port after the last colon: a number from 0 to 65535", "");
        }
        return port;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isIpv6(String text) {
        if (text.indexOf(':') < 0) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
