package oriel.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which sources may be added over the network, and by whom. A list of what is allowed, never of what is forbidden: cameras
 * by {@code rtsp}, {@code rtmp}, {@code http} and {@code onvif} with their kin, {@code webrtc:} of those, streams that are
 * known, and {@code ffmpeg:} of those with options that name nothing. Commands, files and devices come from the
 * configuration file alone. Immutable.
 */
public final class SourcePolicy {
    /** Most characters of a source. */
    public static final int MAX_CHARS = 8192;

    /** Most sources of a stream. */
    public static final int MAX_SOURCES = 16;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final Pattern URL =
            Pattern.compile("(rtsp|rtsps|rtspx|rtmp|rtmps|rtmpx|http|https|httpx|onvif)://(.+)", Pattern.DOTALL);
    private static final Set<String> SPEAK_HTTP = Set.of("http", "https", "httpx", "onvif");
    private static final Pattern TRANSPORT = Pattern.compile("transport=[a-z]{1,16}");

    // A name that is also a path, an address, a device or a filter to some program is nobody's source but the file's.
    private static final Pattern UNCLEAR_NAME = Pattern.compile("^[-.~{@]|[:/\\\\?#|]");

    private static final String RULE =
            "Over the network a source is an address with rtsp://, rtsps://, rtspx://, rtmp://,"
                    + " rtmps://, rtmpx://, http://, https://, httpx:// or onvif:// in lower case, webrtc: and such an address, the"
                    + " name of a stream, or ffmpeg: and one of these. Anything else can be written into the configuration file.";

    private final Set<String> ownNames;

    /** @param ownNames names by which this machine is known, besides {@code localhost} */
    public SourcePolicy(Collection<String> ownNames) {
        this.ownNames = ownNames.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether {@code who} may not add a stream made of {@code sources}.
     *
     * @param knownStream whether there is a stream of that name; the one being added counts, for Home Assistant adds
     *     {@code ffmpeg:<itself>#audio=opus}
     * @return the first thing that is wrong; 403 if {@code who} may add none, else 400
     */
    public Optional<Refusal> check(Principal who, Collection<String> sources, Predicate<String> knownStream) {
        if (!who.role().mayAdd()) {
            return Optional.of(new Refusal(
                    FORBIDDEN,
                    "Adding a source needs the role operator or admin; yours is "
                            + who.role().word() + "."));
        }
        if (sources.size() > MAX_SOURCES) {
            return refuse("A stream has at most " + MAX_SOURCES + " sources.");
        }
        return sources.stream()
                .flatMap(source -> problem(
                        who.role() == Role.ADMIN, source, name -> who.streams().allows(name) && knownStream.test(name))
                        .stream())
                .findFirst()
                .flatMap(SourcePolicy::refuse);
    }

    /** As {@link #check(Principal, Collection, Predicate)} for one source. */
    public Optional<Refusal> check(Principal who, String source, Predicate<String> knownStream) {
        return check(who, Set.of(source), knownStream);
    }

    private Optional<String> problem(boolean admin, String source, Predicate<String> knownStream) {
        if (source.length() > MAX_CHARS) {
            return Optional.of("A source has at most " + MAX_CHARS + " characters.");
        }
        if (source.codePoints().anyMatch(SourcePolicy::isUnprintable)) {
            return Optional.of("A source has no control characters and no broken ones.");
        }
        if (source.startsWith("ffmpeg:")) {
            return ffmpeg(admin, source.substring("ffmpeg:".length()), knownStream);
        }
        return source.startsWith("webrtc:")
                ? url(admin, source.substring("webrtc:".length()))
                : urlOrName(admin, source, knownStream);
    }

    private static boolean isUnprintable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    private Optional<String> ffmpeg(boolean admin, String rest, Predicate<String> knownStream) {
        String[] parts = rest.split("#", -1);
        for (int i = 1; i < parts.length; i++) {
            if (!FfmpegOptions.isAllowed(parts[i])) {
                return Optional.of(
                        "Over the network ffmpeg: takes #video and #audio with the name of a template, numbers"
                                + " for #width, #height, #rotate, #bitrate and #timeout, #hardware and #async; this source has"
                                + " another option. It can be written into the configuration file.");
            }
        }
        return urlOrName(admin, parts[0], knownStream);
    }

    private Optional<String> urlOrName(boolean admin, String source, Predicate<String> knownStream) {
        if (source.contains("://")) {
            return url(admin, source);
        }
        boolean name =
                !UNCLEAR_NAME.matcher(source).find() && source.strip().equals(source) && knownStream.test(source);
        return name ? Optional.empty() : Optional.of(RULE);
    }

    private Optional<String> url(boolean admin, String source) {
        Matcher url = URL.matcher(source);
        if (!url.matches()) {
            return Optional.of(RULE);
        }
        if (source.codePoints().anyMatch(SourcePolicy::isInvisible)) {
            return Optional.of("An address has no blanks and no invisible characters; write %20.");
        }
        String rest = url.group(2);
        String[] parts = rest.split("#", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean elsewhere = parts[i].startsWith("transport=")
                    && !TRANSPORT.matcher(parts[i]).matches();
            if (elsewhere || parts[i].startsWith("raw=") || parts[i].startsWith("input=")) {
                return Optional.of(
                        "The options #raw and #input and a #transport to another address can be written into the"
                                + " configuration file only.");
            }
        }
        return SPEAK_HTTP.contains(url.group(1)) ? HttpTarget.problem(rest, admin, ownNames) : hasHost(rest);
    }

    private static Optional<String> hasHost(String rest) {
        return "/?#".indexOf(rest.charAt(0)) < 0
                ? Optional.empty()
                : Optional.of("An address needs a host: a name or an IP address.");
    }

    private static Optional<Refusal> refuse(String sentence) {
        return Optional.of(new Refusal(BAD_REQUEST, sentence));
    }
}
