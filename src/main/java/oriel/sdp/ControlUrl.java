package oriel.sdp;

import java.util.Locale;

/**
 * Makes the URL that a control attribute means (RFC 2326, C.1.1). Relative ones are appended to the base as text, as
 * every client does and cameras expect, behind a query string too; RFC 1808 would replace the path's last part.
 */
final class ControlUrl {
    private static final String SCHEME_END = "://";

    private ControlUrl() {}

    /**
     * @param base absolute, with or without a slash at its end
     * @param control as the camera wrote it; empty or {@code *} is the base itself
     */
    static String resolve(String base, String control) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        if (isAbsolute(control)) {
            return atHostOf(base, once(control));
        }
        boolean joined = base.endsWith("/") || control.startsWith("/") || control.startsWith("?");
        String tail = base.endsWith("/") && control.startsWith("/") ? control.substring(1) : control;
        return joined ? base + tail : base + "/" + tail;
    }

    private static boolean isAbsolute(String control) {
        int scheme = control.indexOf(SCHEME_END);
        return scheme > 0 && control.substring(0, scheme).chars().allMatch(ControlUrl::isSchemeCharacter);
    }

    private static boolean isSchemeCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '.'
                || c == '-';
    }

    /** Some cameras write the scheme twice: {@code rtsp://rtsp://host/...}. */
    private static String once(String control) {
        String rest = control.substring(control.indexOf(SCHEME_END) + SCHEME_END.length());
        return rest.toLowerCase(Locale.ROOT).startsWith("rtsp://") ? rest : control;
    }

    /**
     * The camera names itself by the address that it knows, which behind a NAT or a forwarded port is not ours; the
     * request goes down the connection that is open in any case.
     */
    private static String atHostOf(String base, String control) {
        int baseEnd = authorityEnd(base);
        int controlEnd = authorityEnd(control);
        if (baseEnd < 0 || base.substring(0, baseEnd).equalsIgnoreCase(control.substring(0, controlEnd))) {
            return control;
        }
        return base.substring(0, baseEnd) + control.substring(controlEnd);
    }

    /** Where scheme, host and port of an absolute URL end, or -1 if it is none. */
    private static int authorityEnd(String url) {
        int scheme = url.indexOf(SCHEME_END);
        if (scheme < 0) {
            return -1;
        }
        int at = scheme + SCHEME_END.length();
        while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
