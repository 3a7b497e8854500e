package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's words are whole in every language, and none is left over. */
class WordsTest {
    private static final int MAX_SHORT = 32;
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern CALL = Pattern.compile("\\bt\\(\\s*[`']([^`']+)[`']");
    private static final Pattern CHOSEN = Pattern.compile("\\bt\\([^()?]+ \\? '([^']+)' : '([^']+)'");
    private static final Pattern HOLE = Pattern.compile("\\$\\{.*?}");

    @ParameterizedTest
    @ValueSource(strings = {"de"})
    void language_hasTheKeysAndValuesOfEnglish(String language) throws Exception {
        Map<String, String> english = UiFiles.words("en");
        Map<String, String> other = UiFiles.words(language);
        assertThat(other.keySet()).isEqualTo(english.keySet());
        other.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            assertThat(values(text)).as(key).isEqualTo(values(english.getOrDefault(key, "")));
        });
    }

    @Test
    void languages_areThoseThatThePageOffers() {
        String offered = UiFiles.names(".json").stream()
                .map(name -> "'" + name.replaceAll(".*/|\\.json", "") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        assertThat(offered).isEqualTo("['de', 'en']");
        assertThat(UiFiles.text("i18n.js")).contains("const LANGUAGES = ['en', 'de'];");
    }

    @Test
    void everyKeyThatScriptsName_isThere_andNoOtherOne() throws Exception {
        Set<String> keys = UiFiles.words("en").keySet();
        Set<String> named = new TreeSet<>();
        for (String script : UiFiles.scripts().values()) {
            CALL.matcher(script).results().map(call -> call.group(1)).forEach(named::add);
            CHOSEN.matcher(script)
                    .results()
                    .flatMap(call -> Stream.of(call.group(1), call.group(2)))
                    .forEach(named::add);
        }
        Set<String> used = new TreeSet<>();
        for (String name : named) {
            // A hole stands for a word; and what is counted has a form for each number.
            Pattern pattern = Pattern.compile(
                    "\\Q" + HOLE.matcher(name).replaceAll("\\\\E[a-z-]+\\\\Q") + "\\E(\\.(one|other))?");
            List<String> found =
                    keys.stream().filter(key -> pattern.matcher(key).matches()).toList();
            assertThat(found).as(name).isNotEmpty();
            used.addAll(found);
        }
        assertThat(used).isEqualTo(new TreeSet<>(keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shortReasons_fitOnATile(String language) throws Exception {
        UiFiles.words(language).forEach((key, text) -> {
            if (key.startsWith("reason.") && key.endsWith(".short")) {
                assertThat(text.length()).as(key).isLessThanOrEqualTo(MAX_SHORT);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refused",
                "timeout",
                "no-route",
                "dns",
                "unauthorized",
                "not-found",
                "tls",
                "protocol",
                "silent",
                "audio-only",
                "codec",
                "unsupported",
                "server"
            })
    void everyFailureOfTheGateway_hasItsWords(String code) throws Exception {
        assertThat(UiFiles.words("en")).containsKeys("reason." + code + ".short", "reason." + code + ".long");
    }

    @Test
    void scripts_holdNoInlineStyle_whichThePolicyForbids() {
        UiFiles.scripts()
                .forEach((name, text) ->
                        assertThat(text).as(name).doesNotContain("style=").doesNotContain("innerHTML"));
    }

    private static Set<String> values(String text) {
        return VALUE.matcher(text)
                .results()
                .map(value -> value.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
