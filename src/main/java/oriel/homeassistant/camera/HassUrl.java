package oriel.homeassistant.camera;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes addresses as Home Assistant does before it hands them on: what it registers is compared to the letter. The rules
 * are those of its URL library (yarl) and have been taken from what it gives, case by case; see the table of the test.
 */
final class HassUrl {
    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]*]|[^\\[\\]:]*)(?::(\\d{0,6}))?");
    private static final int MAX_PORT = 0xFFFF;
    private static final int IPV6_GROUPS = 8;

    private static final String UNRESERVED = "-._~!$'()*,";
    private static final PercentForm USERINFO = new PercentForm(UNRESERVED + "+&=;", "", false);
    private static final PercentForm PATH = new PercentForm(UNRESERVED + "+&=;@:/", "/+", false);
    private static final PercentForm QUERY = new PercentForm(UNRESERVED + "?/:@=+&;", "=+&;", true);
    private static final PercentForm FRAGMENT = new PercentForm(UNRESERVED + "+&=;?/:@", "", false);

    private HassUrl() {}

    /**
     * {@code text} as Home Assistant hands it on, {@code user} and {@code password} put into it if it has none of its own
     * and neither of them is empty.
     *
     * @return empty if Home Assistant makes no sense of it
     */
    static Optional<String> normalized(String text, String user, String password) {
        String url = text.strip().replaceAll("[\\t\\r\\n]", "");
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        return authority(scheme, parts.group(2), user, password).map(authority -> {
            String path = PATH.requoted(parts.group(3));
            path = path.indexOf('.') < 0 ? path : withoutDots(path);
            String query = QUERY.requoted(orEmpty(parts.group(4)));
            String fragment = FRAGMENT.requoted(orEmpty(parts.group(5)));
            String root = path.isEmpty() && !(query.isEmpty() && fragment.isEmpty()) ? "/" : path;
            return scheme + "://" + authority + root + before("?", query) + before("#", fragment);
        });
    }

    /** {@code text} with {@code user} and {@code password} in it, for an address that only we can make sense of. */
    static String withLogin(String text, String user, String password) {
        String url = text.strip();
        int scheme = url.indexOf("://");
        if (user.isEmpty() || password.isEmpty() || scheme < 0 || url.indexOf('@') >= 0) {
            return url;
        }
        int host = scheme + "://".length();
        return url.substring(0, host) + login(user, password) + "@" + url.substring(host);
    }

    /** {@code user:password} in the form in which it stands in an address. */
    static String login(String user, String password) {
        return USERINFO.quoted(user) + ":" + USERINFO.quoted(password);
    }

    /** {@code text} in the form of a stream's name, which is what stands in an address too. */
    static String quoted(String text) {
        return new PercentForm("-._~", "", false).quoted(text);
    }

    private static Optional<String> authority(String scheme, String written, String user, String password) {
        int at = written.lastIndexOf('@');
        Matcher host = HOST.matcher(written.substring(at + 1));
        boolean bracketsInLogin = at >= 0 && written.substring(0, at).chars().anyMatch(c -> c == '[' || c == ']');
        if (!host.matches() || bracketsInLogin) {
            return Optional.empty();
        }
        String port = orEmpty(host.group(2));
        if (!port.isEmpty() && Integer.parseInt(port) > MAX_PORT) {
            return Optional.empty();
        }
        String login = at < 0 ? "" : requotedLogin(written.substring(0, at));
        boolean hasLogin = !login.isEmpty() && !login.equals(":");
        String used = hasLogin || user.isEmpty() || password.isEmpty() ? login : login(user, password);
        return host(host.group(1)).map(name -> (used.isEmpty() ? "" : used + "@") + name + port(scheme, port));
    }

    private static String requotedLogin(String written) {
        int colon = written.indexOf(':');
        return colon < 0
                ? USERINFO.requoted(written)
                : USERINFO.requoted(written.substring(0, colon)) + ":"
                        + USERINFO.requoted(written.substring(colon + 1));
    }

    private static String port(String scheme, String written) {
        if (written.isEmpty()) {
            return "";
        }
        int port = Integer.parseInt(written);
        boolean usual = (scheme.equals("http") && port == 80) || (scheme.equals("https") && port == 443);
        return usual ? "" : ":" + port;
    }

    private static Optional<String> host(String written) {
        try {
            if (written.startsWith("[")) {
                return ipv6(written.substring(1, written.length() - 1));
            }
            boolean ascii = written.chars().allMatch(c -> c < 0x80);
            String host = ascii ? written : IDN.toASCII(written, IDN.ALLOW_UNASSIGNED);
            return Optional.of(host.toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == 0x7F));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no IPv6 address, or no name in any language
        }
    }

    private static Optional<String> ipv6(String written) {
        int zone = written.indexOf('%');
        String address = zone < 0 ? written : written.substring(0, zone);
        if (address.indexOf(':') < 0) {
            return Optional.empty();
        }
        String compressed = compressed(InetAddress.ofLiteral(address).getAddress());
        return Optional.of("[" + compressed + (zone < 0 ? "" : written.substring(zone)) + "]");
    }

    /** The longest run of zeros, and of equal ones the first, becomes {@code ::} (RFC 5952). */
    private static String compressed(byte[] address) {
        int[] groups = new int[IPV6_GROUPS];
        int shift = address.length == 4 ? 12 : 0;
        if (shift > 0) {
            groups[5] = 0xFFFF; // Java takes an IPv4 address out of its IPv6 clothes.
        }
        for (int i = 0; i < address.length; i++) {
            groups[(shift + i) / 2] |= (address[i] & 0xFF) << ((shift + i) % 2 == 0 ? 8 : 0);
        }
        int from = 0;
        int length = 1;
        for (int i = 0, run = 0; i < IPV6_GROUPS; i++) {
            run = groups[i] == 0 ? run + 1 : 0;
            if (run > length) {
                length = run;
                from = i - run + 1;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IPV6_GROUPS; i++) {
            if (length > 1 && i == from) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static String withoutDots(String path) {
        String root = path.startsWith("/") ? "/" : "";
        String[] segments = path.substring(root.length()).split("/", -1);
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String last = segments[segments.length - 1];
        if (last.equals(".") || last.equals("..")) {
            kept.addLast("");
        }
        return root + String.join("/", kept);
    }

    private static String before(String sign, String text) {
        return text.isEmpty() ? "" : sign + text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Which characters stand as they are in one part of an address.
     *
     * @param plain besides letters and digits
     * @param kept those whose encoded form is another thing than they are
     * @param plusForBlank whether a blank is a plus
     */
    private record PercentForm(String plain, String kept, boolean plusForBlank) {
        String quoted(String text) {
            StringBuilder out = new StringBuilder();
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                append(out, b & 0xFF);
            }
            return out.toString();
        }

        String requoted(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < bytes.length; i++) {
                boolean encoded = bytes[i] == '%'
                        && i + 2 < bytes.length
                        && Character.digit(bytes[i + 1], 16) >= 0
                        && Character.digit(bytes[i + 2], 16) >= 0;
                if (!encoded) {
                    append(out, bytes[i] & 0xFF);
                    continue;
                }
                int c = Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16);
                if (isPlain(c) && kept.indexOf(c) < 0) {
                    out.append((char) c);
                } else {
                    percent(out, c);
                }
                i += 2;
            }
            return out.toString();
        }

        private void append(StringBuilder out, int c) {
            if (c == ' ' && plusForBlank) {
                out.append('+');
            } else if (isPlain(c)) {
                out.append((char) c);
            } else {
                percent(out, c);
            }
        }

        private boolean isPlain(int c) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return letter || plain.indexOf(c) >= 0;
        }

        private static void percent(StringBuilder out, int c) {
            out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
            out.append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
        }
    }
}
