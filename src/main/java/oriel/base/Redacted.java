package oriel.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of text before it is logged or shown: the user and password of every URL in it, query
 * parameters that carry credentials, Authorization headers, ICE passwords and key lines of an SDP. It is written to hide
 * too much rather than too little.
 */
public final class Redacted {
    private static final String SCHEME_END = "://";
    private static final Pattern QUERY_CREDENTIAL = Pattern.compile(
            "(?i)([?&;#](?:pass(?:word|wd)?|pwd|user(?:name)?|login|token|access_token|auth|key|api_?key|secret|usr|loginpas|loginuse)=)[^&#\\s\"'<>]*");
    // Anywhere in a line and quoted too: log lines and JSON hold headers as well.
    private static final Pattern HEADER =
            Pattern.compile("(?i)((?:proxy-)?authorization|cookie|x-supervisor-token)([\"']?[ \\t]*[:=])[^\\r\\n]*");
    private static final Pattern SDP_KEY = Pattern.compile("(?m)(a=(?:ice-pwd|crypto|key-mgmt):|^k=)[^\\r\\n\\\\\"']*");

    private Redacted() {}

    /** {@code text} with each secret in it replaced by {@value Secret#MASK}. */
    public static String text(String text) {
        String result = replace(QUERY_CREDENTIAL, withoutUserinfo(text), "$1" + Matcher.quoteReplacement(Secret.MASK));
        result = replace(HEADER, result, "$1$2 " + Matcher.quoteReplacement(Secret.MASK));
        return replace(SDP_KEY, result, "$1" + Matcher.quoteReplacement(Secret.MASK));
    }

    /** {@code url} without its user, password and credential parameters: {@code rtsp://***@host/path}. */
    public static String url(String url) {
        return text(url);
    }

    /**
     * Hides what stands between a scheme and the last {@code @} before a blank, a quote or a bracket: cameras' passwords
     * hold {@code @}, {@code :} and {@code /} unescaped. By hand, since a pattern takes the square of the length.
     */
    private static String withoutUserinfo(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int done = 0;
        int scheme = text.indexOf(SCHEME_END);
        while (scheme >= 0) {
            int start = scheme + SCHEME_END.length();
            int end = start;
            int at = -1;
            while (end < text.length() && !endsUrl(text.charAt(end))) {
                at = text.charAt(end) == '@' ? end : at;
                end++;
            }
            if (at >= 0 && scheme > 0 && isSchemeCharacter(text.charAt(scheme - 1))) {
                result.append(text, done, start).append(Secret.MASK);
                done = at;
                end = at;
            }
            scheme = text.indexOf(SCHEME_END, end);
        }
        return result.append(text, done, text.length()).toString();
    }

    private static boolean endsUrl(char c) {
        return Character.isWhitespace(c) || "\"'<>".indexOf(c) >= 0;
    }

    private static boolean isSchemeCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+.-".indexOf(c) >= 0;
    }

    private static String replace(Pattern pattern, String text, String replacement) {
        return pattern.matcher(text).replaceAll(replacement);
    }
}
