package oriel.base;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stream may be called, by whatever way its name comes in: 1 to {@value #MAX_CHARS} characters (code points), not
 * only blanks, none of them a control character or half of a surrogate pair. Everything else is allowed, so a name is
 * escaped wherever it is shown.
 */
public final class StreamName {
    /** Most code points. */
    public static final int MAX_CHARS = 200;

    // A host that needs no guessing: no user in front of it, and a port that is one.
    private static final Pattern PLAIN_HOST =
            Pattern.compile("(\\[[^\\]@]*]|[^@:/?#\\[\\]]*)(:\\d*)?([/?#].*)?", Pattern.DOTALL);
    private static final Pattern URL =
            Pattern.compile("((?:[a-z]{1,10}:)?[a-zA-Z][a-zA-Z0-9+.-]*://)(.*)", Pattern.DOTALL);

    private StreamName() {}

    /** What is wrong with {@code name}, as a sentence without its full stop; empty if nothing is. */
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("a name needs at least one character that is not a blank");
        }
        if (name.codePointCount(0, name.length()) > MAX_CHARS) {
            return Optional.of("a name has at most " + MAX_CHARS + " characters");
        }
        if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
            return Optional.of("a name has no control characters, such as line ends and tabs");
        }
        if (name.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return Optional.of("a name is valid Unicode, and this one has half a character in it");
        }
        return Optional.empty();
    }

    /**
     * The name of a stream that was added without one: its source without user, password, query and options. Where it is
     * not clear how far a password goes, more is left out rather than less.
     *
     * @return a name without {@link #problem}, if {@code source} holds one
     */
    public static Optional<String> fromSource(String source) {
        Matcher url = URL.matcher(source);
        String name;
        if (url.matches()) {
            String rest = url.group(2);
            boolean plain = PLAIN_HOST.matcher(rest).matches();
            name = url.group(1) + beforeOptions(plain ? rest : rest.substring(rest.lastIndexOf('@') + 1));
        } else {
            name = beforeOptions(source);
        }
        int end = name.offsetByCodePoints(0, Math.min(MAX_CHARS, name.codePointCount(0, name.length())));
        return Optional.of(name.substring(0, end).strip())
                .filter(n -> problem(n).isEmpty());
    }

    private static String beforeOptions(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?' || text.charAt(i) == '#') {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
