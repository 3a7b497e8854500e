package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's colours can be told apart (WCAG 2.2, 1.4.3 and 1.4.11), in both themes. */
class ColoursTest {
    private static final double TEXT = 4.8;
    private static final double LINES = 3.0;
    private static final Pattern TOKEN = Pattern.compile("--([\\w-]+): #([0-9a-f]{6});");

    private static Map<String, Integer> colours(String theme) {
        String css = UiFiles.text("oriel.css");
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, Integer> colours = new LinkedHashMap<>();
        TOKEN.matcher(theme.equals("light") ? css.substring(0, dark) : css.substring(dark))
                .results()
                .forEach(token -> colours.put(token.group(1), Integer.parseInt(token.group(2), 16)));
        return colours;
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theme_hasEnoughContrast(String theme) {
        Map<String, Integer> colours = colours(theme);
        for (String ground : List.of("bg", "card")) {
            for (String text : List.of("text", "muted", "primary", "ok", "warn", "error")) {
                assertThat(contrast(colours.getOrDefault(text, 0), colours.getOrDefault(ground, 0)))
                        .as("%s on %s, %s", text, ground, theme)
                        .isGreaterThanOrEqualTo(TEXT);
            }
            assertThat(contrast(colours.getOrDefault("line", 0), colours.getOrDefault(ground, 0)))
                    .as("line on %s, %s", ground, theme)
                    .isGreaterThanOrEqualTo(LINES);
        }
        assertThat(contrast(colours.getOrDefault("on-primary", 0), colours.getOrDefault("primary", 0)))
                .isGreaterThanOrEqualTo(TEXT);
    }

    @Test
    void themes_haveTheSameColours() {
        assertThat(colours("dark").keySet()).isEqualTo(colours("light").keySet());
    }

    /** Captions lie on black of 62 % over any picture. */
    @Test
    void captions_canBeReadOverWhitePictures() {
        int veil = (int) Math.round(255 * (1 - 0.62));
        assertThat(contrast(0xFFFFFF, veil << 16 | veil << 8 | veil)).isGreaterThanOrEqualTo(TEXT);
        assertThat(UiFiles.text("player/player-view.js")).contains("background: rgb(0 0 0 / 62%)");
    }

    private static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * channel(colour >> 16) + 0.7152 * channel(colour >> 8) + 0.0722 * channel(colour);
    }

    private static double channel(int colour) {
        double value = (colour & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
