package oriel.homeassistant.discovery;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import oriel.base.PlainText;

/** What becomes of a stream's name, which may hold any character, where Home Assistant and MQTT are pickier. */
final class CameraName {
    /** Of a slug; entity ids and topics stay readable, and far below every bound. */
    static final int MAX_SLUG = 64;

    /** Code points that are shown. */
    static final int MAX_SHOWN = 100;

    private static final String NAMELESS = "camera";
    private static final Map<String, String> LETTERS =
            Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d");

    private CameraName() {}

    /** {@code name} in {@code [a-z0-9_]}, at least one character, none of them an underscore at an end. */
    static String slug(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (var letter : LETTERS.entrySet()) {
            lower = lower.replace(letter.getKey(), letter.getValue());
        }
        StringBuilder slug = new StringBuilder();
        // Accents come apart from their letters, and are left out.
        Normalizer.normalize(lower, Normalizer.Form.NFD).codePoints().forEach(c -> {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                slug.appendCodePoint(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && !slug.isEmpty()
                    && slug.charAt(slug.length() - 1) != '_') {
                slug.append('_');
            }
        });
        return trimmed(slug.substring(0, Math.min(MAX_SLUG, slug.length())), NAMELESS);
    }

    private static String trimmed(String slug, String otherwise) {
        String end = slug.endsWith("_") ? slug.substring(0, slug.length() - 1) : slug;
        return end.isEmpty() ? otherwise : end;
    }

    /** {@code name} as people see it: without control characters and those that turn the direction of writing. */
    static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().filter(PlainText::isPlain).limit(MAX_SHOWN).forEach(shown::appendCodePoint);
        String text = shown.toString().strip();
        return text.isEmpty() ? "Camera" : text;
    }
}
