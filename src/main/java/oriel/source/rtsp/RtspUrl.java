package oriel.source.rtsp;

import java.net.IDN;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oriel.base.MalformedException;
import oriel.base.Redacted;
import oriel.base.Secret;
import oriel.http.Credentials;

/**
 * The address of a camera, read as people write it rather than by RFC 3986: a password may hold {@code @ : / # ? %} as
 * they are. User and password end at the last {@code @} before the path; if what stands before the path is no host, the
 * path begins later, behind the last {@code @} that a host follows. What is percent-encoded in them is decoded, a percent
 * sign that encodes nothing stays. Path and query stay as they are, byte for byte; options follow a {@code #} behind them.
 *
 * @param scheme {@code rtsp}, {@code rtsps} or {@code rtspx}
 * @param userinfo what stands before the last {@code @}, as written, or empty
 * @param host in lower case; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param target path and query as written, or empty; begins with {@code /} or {@code ?}
 * @param options each {@code #key=value}; the first of a key counts
 */
public record RtspUrl(
        String scheme, Secret userinfo, String host, int port, String target, SortedMap<String, String> options) {
    /** Most characters of an address; MediaMTX takes as many. */
    public static final int MAX_CHARS = 2048;

    private static final int CLEAR_PORT = 554;
    private static final int TLS_PORT = 322;
    private static final int MAX_OPTIONS = 16;
    private static final Pattern SCHEME = Pattern.compile("(?i)(rtsp|rtsps|rtspx)://(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?]|[^\\[\\]:@/?#%\\s]+)(?::(\\d{0,5}))?");
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]+(%[\\w.-]+)?])(:\\d{1,5})?");

    public RtspUrl {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /**
     * Reads {@code text}.
     *
     * @throws MalformedException if it has no host, a port out of range, or a character that cannot be sent
     */
    public static RtspUrl parse(String text) throws MalformedException {
        String url = text.strip();
        if (url.length() > MAX_CHARS) {
            throw new MalformedException("an address of more than " + MAX_CHARS + " characters");
        }
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new MalformedException("an address with control characters");
        }
        Matcher scheme = SCHEME.matcher(url);
        if (!scheme.matches()) {
            throw new MalformedException("no address of the form rtsp://host/path");
        }
        return parse(scheme.group(1).toLowerCase(Locale.ROOT), scheme.group(2));
    }

    private static RtspUrl parse(String scheme, String rest) throws MalformedException {
        int at = userinfoEnd(rest);
        String behind = rest.substring(at + 1);
        int end = end(behind);
        Matcher authority = AUTHORITY.matcher(behind.substring(0, end));
        if (!authority.matches()) {
            throw new MalformedException("an address without a host, or with an odd port");
        }
        int hash = behind.indexOf('#', end);
        String target = behind.substring(end, hash < 0 ? behind.length() : hash);
        return new RtspUrl(
                scheme,
                Secret.of(rest.substring(0, Math.max(0, at))),
                host(authority.group(1)),
                port(authority.group(2), scheme),
                target.replace(" ", "%20"),
                options(hash < 0 ? "" : behind.substring(hash + 1)));
    }

    /** The index of the {@code @} that ends user and password, or -1. */
    private static int userinfoEnd(String rest) {
        int end = end(rest);
        int first = rest.lastIndexOf('@', Math.max(0, end - 1));
        String host = rest.substring(first + 1, end);
        int last = lastHost(rest);
        if (!isAuthority(host)) {
            return Math.max(first, last);
        }
        // A password such as 12/34 or p@ss/word leaves something that could be a host; an address behind the last @
        // says that it is none. (A name there says nothing: paths hold mail addresses.)
        boolean couldBePassword = host.indexOf('.') < 0 && host.indexOf('[') < 0;
        boolean hasColon = host.indexOf(':') >= 0 || first >= 0;
        if (couldBePassword && hasColon && last > first) {
            String behind = rest.substring(last + 1);
            return LITERAL.matcher(behind.substring(0, end(behind))).matches() ? last : first;
        }
        return first;
    }

    /** The index of the last {@code @} with a host behind it, or -1. */
    private static int lastHost(String rest) {
        for (int at = rest.lastIndexOf('@'); at >= 0; at = rest.lastIndexOf('@', at - 1)) {
            String behind = rest.substring(at + 1);
            if (isAuthority(behind.substring(0, end(behind)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAuthority(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        return authority.matches()
                && (authority.group(2) == null
                        || authority.group(2).isEmpty()
                        || Integer.parseInt(authority.group(2)) <= 0xFFFF)
                && authority.group(1).chars().noneMatch(c -> "!$&'()*+,;=\"<>\\^`{|}~".indexOf(c) >= 0);
    }

    /** Where a path, a query or options begin. */
    private static int end(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("/?#".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String host(String written) throws MalformedException {
        if (written.startsWith("[")) {
            // The % before a zone may itself be encoded (RFC 6874).
            return written.substring(1, written.length() - 1)
                    .replace("%25", "%")
                    .toLowerCase(Locale.ROOT);
        }
        try {
            return IDN.toASCII(written, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("an address with a host name that makes no sense");
        }
    }

    private static int port(@Nullable String written, String scheme) throws MalformedException {
        if (written == null || written.isEmpty()) {
            return defaultPort(scheme);
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > 0xFFFF) {
            throw new MalformedException("an address with a port out of range");
        }
        return port;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("rtsp") ? CLEAR_PORT : TLS_PORT;
    }

    private static SortedMap<String, String> options(String fragment) {
        SortedMap<String, String> options = new TreeMap<>();
        for (String option : fragment.split("#", MAX_OPTIONS + 1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!key.isBlank() && options.size() < MAX_OPTIONS) {
                options.putIfAbsent(
                        key.strip().toLowerCase(Locale.ROOT),
                        equals < 0 ? "" : option.substring(equals + 1).strip());
            }
        }
        return options;
    }

    /** Who the address says we are. */
    public Optional<Credentials> credentials() {
        String written = userinfo.reveal();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        int colon = written.indexOf(':');
        String user = colon < 0 ? written : written.substring(0, colon);
        String password = colon < 0 ? "" : written.substring(colon + 1);
        return Optional.of(new Credentials(decoded(user), Secret.of(decoded(password))));
    }

    /** {@code %xx} as UTF-8; left as written where it is none. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean encoded = bytes[i] == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0;
            bytes[length++] = encoded
                    ? (byte) (Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16))
                    : bytes[i];
            i += encoded ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    /** Whether the line to the camera is encrypted. */
    public boolean encrypted() {
        return !scheme.equals("rtsp");
    }

    /** Host and port as they stand in an address; the scheme's own port is left out. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(scheme) ? name : name + ":" + port;
    }

    /** What the camera is asked for: without user, password and options. */
    public String requestUri() {
        return (encrypted() ? "rtsps" : "rtsp") + "://" + authority() + target;
    }

    /** The path alone, for people: without a query, which may hold a password. */
    public String path() {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return Redacted.text(path.isEmpty() ? "/" : path);
    }

    /** The same address in its one form, without options; however user and password were written, they come out alike. */
    public String canonical() {
        String user = credentials()
                .map(login ->
                        encoded(login.user()) + ":" + encoded(login.password().reveal()) + "@")
                .orElse("");
        return scheme + "://" + user + authority() + target;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return Redacted.url(scheme + "://" + authority() + target);
    }
}
