package oriel.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of text before it is logged or shown: the user and password of every URL in it, query
 * parameters that carry credentials, Authorization headers, ICE passwords and key lines of an SDP. It is written to hide
 * too much rather than too little.
 */
public final class Redacted {
    private static final Pattern QUERY_CREDENTIAL = Pattern.compile(
            "(?i)([?&;#](?:pass(?:word|wd)?|pwd|user(?:name)?|login|token|access_token|auth|key|api_?key|secret|usr|loginpas|loginuse)=)[^&#\\s\"'<>]*");
    private static final Pattern HEADER =
            Pattern.compile("(?im)^((?:proxy-)?authorization|cookie|set-cookie|x-supervisor-token)(\\s*:).*$");
    private static final Pattern SDP_KEY = Pattern.compile("(?m)^(a=(?:ice-pwd|crypto|key-mgmt):|k=).*$");

    private Redacted() {}

    /** {@code text} with each secret in it replaced by {@value Secret#MASK}. */
    public static String text(String text) {
        String result = withoutUserinfo(text);
        result = replace(QUERY_CREDENTIAL, result, "$1" + Matcher.quoteReplacement(Secret.MASK));
        result = replace(HEADER, result, "$1$2 " + Matcher.quoteReplacement(Secret.MASK));
        return replace(SDP_KEY, result, "$1" + Matcher.quoteReplacement(Secret.MASK));
    }

    /** {@code url} without its user, password and credential parameters: {@code rtsp://***@host/path}. */
    public static String url(String url) {
        return text(url);
    }

    /**
     * The last @ ends the userinfo, for cameras' passwords hold @, : and / unescaped. By hand, for a pattern takes a
     * quadratic time to find that a long word has none, and such words come from strangers.
     */
    private static String withoutUserinfo(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && !endsUrl(text.charAt(end))) {
                end++;
            }
            String word = text.substring(start, end);
            int scheme = word.indexOf("://");
            int at = word.lastIndexOf('@');
            result.append(
                    scheme >= 0 && at > scheme
                            ? word.substring(0, scheme + 3) + Secret.MASK + word.substring(at)
                            : word);
            if (end < text.length()) {
                result.append(text.charAt(end));
            }
            start = end + 1;
        }
        return result.toString();
    }

    private static boolean endsUrl(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>';
    }

    private static String replace(Pattern pattern, String text, String replacement) {
        return pattern.matcher(text).replaceAll(replacement);
    }
}
