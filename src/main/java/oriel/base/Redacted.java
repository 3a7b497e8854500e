package oriel.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of text before it is logged or shown: the user and password of every URL in it, query
 * parameters that carry credentials, Authorization headers, ICE passwords and key lines of an SDP. It is written to hide
 * too much rather than too little.
 */
public final class Redacted {
    // The last @ before the path ends the userinfo: cameras' passwords hold @, : and / unescaped.
    private static final Pattern USERINFO = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://)[^\\s\"'<>]*@");
    private static final Pattern QUERY_CREDENTIAL = Pattern.compile(
            "(?i)([?&;#](?:pass(?:word|wd)?|pwd|user(?:name)?|login|token|access_token|auth|key|api_?key|secret|usr|loginpas|loginuse)=)[^&#\\s\"'<>]*");
    private static final Pattern HEADER =
            Pattern.compile("(?im)^((?:proxy-)?authorization|cookie|set-cookie|x-supervisor-token)(\\s*:).*$");
    private static final Pattern SDP_KEY = Pattern.compile("(?m)^(a=(?:ice-pwd|crypto|key-mgmt):|k=).*$");

    private Redacted() {}

    /** {@code text} with each secret in it replaced by {@value Secret#MASK}. */
    public static String text(String text) {
        String result = replace(USERINFO, text, "$1" + Matcher.quoteReplacement(Secret.MASK) + "@");
        result = replace(QUERY_CREDENTIAL, result, "$1" + Matcher.quoteReplacement(Secret.MASK));
        result = replace(HEADER, result, "$1$2 " + Matcher.quoteReplacement(Secret.MASK));
        return replace(SDP_KEY, result, "$1" + Matcher.quoteReplacement(Secret.MASK));
    }

    /** {@code url} without its user, password and credential parameters: {@code rtsp://***@host/path}. */
    public static String url(String url) {
        return text(url);
    }

    private static String replace(Pattern pattern, String text, String replacement) {
        return pattern.matcher(text).replaceAll(replacement);
    }
}
