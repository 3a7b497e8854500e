package oriel.config;

import java.util.Locale;
import java.util.Set;
import oriel.base.PlainText;
import oriel.base.Redacted;
import oriel.base.Secret;

/** Shows a value of the configuration in a message: bounded, on one line, without secrets. */
final class Masked {
    private static final int MAX_CHARS = 80;
    private static final Set<String> SECRET_KEYS = Set.of(
            "password",
            "passwd",
            "pass",
            "pwd",
            "secret",
            "token",
            "credential",
            "credentials",
            "api_key",
            "apikey",
            "key",
            "tls_key",
            "pin",
            "device_private");
    private static final Set<String> SECRET_SECTIONS = Set.of("env", "xiaomi");

    private Masked() {}

    /** {@code node}, which stands under the dotted {@code path}; empty if it is no scalar. */
    static String value(String path, ConfigNode node) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            return "";
        }
        if (isSecret(path)) {
            return Secret.MASK;
        }
        String text = Redacted.text(scalar.text());
        for (String filled : scalar.filled()) {
            text = filled.isEmpty() ? text : text.replace(filled, Secret.MASK);
        }
        return oneLine(text);
    }

    /** Whether what stands under {@code path} is never shown. */
    static boolean isSecret(String path) {
        int dot = path.indexOf('.');
        String last = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return SECRET_KEYS.contains(last) || (dot > 0 && SECRET_SECTIONS.contains(path.substring(0, dot)));
    }

    /** {@code text}, cut at {@value #MAX_CHARS} characters, with a question mark for what would break or bend a line. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MAX_CHARS).forEach(c -> line.appendCodePoint(PlainText.isPlain(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > MAX_CHARS ? line + "…" : line.toString();
    }
}
