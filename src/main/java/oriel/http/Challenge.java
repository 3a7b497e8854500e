package oriel.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.base.MalformedException;

/**
 * One way in that a server offers in {@code WWW-Authenticate} (RFC 9110, 11.6.1). Reads leniently, for cameras write
 * these headers by hand: values without quotes, a quote forgotten at either end, commas left out, any letter case.
 *
 * @param scheme in lower case: {@code digest}, {@code basic}
 * @param parameters by their names in lower case, in their order; the first of a name counts
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    /** Most characters of all headers of one answer. */
    public static final int MAX_CHARS = 16 * 1024;

    private static final int MAX_CHALLENGES = 16;
    private static final int MAX_PARAMETERS = 32;

    public Challenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** All challenges of one answer, in their order, from each header or several in one. */
    public static List<Challenge> parse(List<String> headers) throws MalformedException {
        List<Challenge> challenges = new ArrayList<>();
        int chars = 0;
        for (String header : headers) {
            chars += header.length();
            if (chars > MAX_CHARS) {
                throw new MalformedException("challenges longer than " + MAX_CHARS + " characters");
            }
            new Parser(header, challenges).parse();
        }
        return List.copyOf(challenges);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether the comma-separated list in parameter {@code name} holds {@code word}. */
    boolean lists(String name, String word) {
        for (String item : parameters.getOrDefault(name, "").split(",")) {
            if (item.strip().equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    private static final class Parser {
        // What follows an unquoted value when the comma was left out, or a quoted one that was never closed.
        private static final Pattern NEXT_PARAMETER = Pattern.compile("\\s+[A-Za-z][A-Za-z0-9-]*\\s*=");
        private static final Pattern SWALLOWED_PARAMETER = Pattern.compile(",\\s*[A-Za-z][A-Za-z0-9-]*\\s*=\\s*$");

        private final String text;
        private final List<Challenge> challenges;
        private int at;

        Parser(String text, List<Challenge> challenges) {
            this.text = text;
            this.challenges = challenges;
        }

        void parse() throws MalformedException {
            String scheme = "";
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String word = word(); !word.isEmpty(); word = word()) {
                skipBlanks();
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    if (parameters.size() >= MAX_PARAMETERS) {
                        throw new MalformedException("challenge of more than " + MAX_PARAMETERS + " parameters");
                    }
                    parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                } else {
                    add(scheme, parameters);
                    scheme = word.toLowerCase(Locale.ROOT);
                    parameters = new LinkedHashMap<>();
                }
            }
            add(scheme, parameters);
        }

        private void add(String scheme, Map<String, String> parameters) throws MalformedException {
            if (scheme.isEmpty()) {
                return;
            }
            if (challenges.size() >= MAX_CHALLENGES) {
                throw new MalformedException("more than " + MAX_CHALLENGES + " challenges");
            }
            challenges.add(new Challenge(scheme, parameters));
        }

        /** The next word; empty at the end. */
        private String word() {
            while (at < text.length() && !isWord(text.charAt(at))) {
                at++;
            }
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '"') {
                at++;
                return quoted();
            }
            return unquoted();
        }

        private String unquoted() {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            Matcher next = NEXT_PARAMETER.matcher(text).region(at, end);
            if (next.find()) {
                end = next.start();
            }
            String value = text.substring(at, end).strip();
            at = end;
            // The opening quote was forgotten.
            return value.endsWith("\"") ? value.substring(0, value.length() - 1) : value;
        }

        private String quoted() {
            int start = at;
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return closedAt(start, value);
                }
                if (c == '\\' && at < text.length()) {
                    c = text.charAt(at++);
                }
                value.append(c);
            }
            return value.toString().strip();
        }

        // In realm="cam, nonce="abc" the second quote opens the nonce: the realm's own was forgotten.
        private String closedAt(int start, StringBuilder value) {
            int quote = at - 1;
            boolean endsHere = at == text.length() || ", \t\r\n".indexOf(text.charAt(at)) >= 0;
            Matcher swallowed = SWALLOWED_PARAMETER.matcher(text).region(start, quote);
            if (endsHere || !swallowed.find()) {
                return value.toString();
            }
            at = swallowed.start();
            return text.substring(start, at).strip();
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isWord(char c) {
            return c > ' ' && c < 0x7F && ",=\"".indexOf(c) < 0;
        }
    }
}
