package oriel.testing.homeassistant;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What aiohttp and yarl make of an address between two hops: they take its quotes off and put others on. A WebSocket's query
 * loses one level of its percent signs on its way through both, as was tried with yarl 1.8; a request's keeps them.
 */
final class Quoting {
    private static final String UNRESERVED = "-._~";
    private static final String IN_QUERY = UNRESERVED + "!$'()*,?/:@=+&;";
    private static final String IN_PATH = UNRESERVED + "!$'()*,:@=+&;/";
    private static final String KEPT_IN_QUERY = "+=&;";

    private Quoting() {}

    /** {@code request.query_string}: a plus is a space, and what would change the meaning stays quoted. */
    static String queryString(String raw) {
        return unquoted(raw.replace('+', ' '), KEPT_IN_QUERY);
    }

    /** {@code request.path}, and {@code urllib.parse.unquote}. */
    static String plain(String raw) {
        return unquoted(raw, "");
    }

    /** {@code urllib.parse.quote}. */
    static String path(String plain) {
        return quoted(plain, UNRESERVED + "/", false);
    }

    /** {@code URL.with_query(text)}: quotes percent signs as well. */
    static String query(String text) {
        return quoted(text, IN_QUERY, false).replace("%20", "+");
    }

    /** {@code URL(text)}: what looks quoted is left as it is. */
    static String queryAgain(String text) {
        return quoted(text, IN_QUERY, true).replace("%20", "+");
    }

    /** The same of a path. */
    static String pathAgain(String text) {
        return quoted(text, IN_PATH, true);
    }

    private static String unquoted(String raw, String kept) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < in.length; i++) {
            int value = in[i] == '%' ? hex(in, i + 1) : -1;
            if (value < 0 || kept.indexOf(value) >= 0) {
                out.write(in[i]);
            } else {
                out.write(value);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String quoted(String text, String safe, boolean again) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < in.length; i++) {
            char c = (char) (in[i] & 0xFF);
            boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
            if (letter || safe.indexOf(c) >= 0 || (again && c == '%' && hex(in, i + 1) >= 0)) {
                out.append(c);
            } else {
                out.append("%%%02X".formatted((int) c));
            }
        }
        return out.toString();
    }

    private static int hex(byte[] bytes, int from) {
        if (from + 2 > bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[from], 16);
        int low = Character.digit(bytes[from + 1], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
