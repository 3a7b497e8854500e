package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What owners read in the app's form, in each language: every option, nothing else, and not by mistake in English. */
class TranslationsTest {
    private static final Path FOLDER = Path.of("translations");

    @Test
    void languages_areThoseThatAreChecked() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "en.yaml",
                            "de.yaml",
                            "fr.yaml",
                            "es.yaml",
                            "nl.yaml",
                            "it.yaml",
                            "pl.yaml",
                            "pt-BR.yaml",
                            "sv.yaml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "nl", "it", "pl", "pt-BR", "sv"})
    void language_hasEveryOptionAndPort_andNoOther(String language) {
        Map<?, ?> translation = Manifest.yaml(FOLDER.resolve(language + ".yaml"));
        assertThat(translation.keySet().stream().map(String::valueOf)).containsExactly("configuration", "network");
        TreeSet<String> options = new TreeSet<>();
        collect("", Manifest.map(translation, "configuration"), options);
        assertThat(options).isEqualTo(Manifest.options());
        assertThat(Manifest.map(translation, "network").keySet())
                .isEqualTo(Manifest.map(Manifest.app(), "ports").keySet());
    }

    private static void collect(String prefix, Map<?, ?> level, TreeSet<String> options) {
        level.forEach((key, value) -> {
            String path = prefix + key;
            Map<?, ?> option = Manifest.map(value);
            assertThat(option.keySet().stream().map(String::valueOf))
                    .as(path)
                    .isSubsetOf("name", "description", "fields")
                    .contains("name", "description");
            assertThat(String.valueOf(option.get("name"))).as(path).isNotBlank();
            assertThat(String.valueOf(option.get("description"))).as(path).matches("(?s).{15,}\\.");
            options.add(path);
            if (option.containsKey("fields")) {
                collect(path + ".", Manifest.map(option, "fields"), options);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "nl", "it", "pl", "pt-BR", "sv"})
    void language_isNotEnglish_andNamesTheSameWords(String language) {
        Map<?, ?> english = Manifest.map(Manifest.yaml(FOLDER.resolve("en.yaml")), "configuration");
        Map<?, ?> other = Manifest.map(Manifest.yaml(FOLDER.resolve(language + ".yaml")), "configuration");
        compare("", english, other);
    }

    // What stands in the schema's lists is chosen by its English name, so each language must explain that very name.
    private static void compare(String prefix, Map<?, ?> english, Map<?, ?> other) {
        english.forEach((key, value) -> {
            String path = prefix + key;
            Map<?, ?> ours = Manifest.map(value);
            Map<?, ?> theirs = Manifest.map(other, String.valueOf(key));
            assertThat(theirs.get("description")).as(path).isNotEqualTo(ours.get("description"));
            if (path.endsWith(".role")) {
                assertThat(String.valueOf(theirs.get("description")))
                        .contains("viewer", "operator", "admin", "integration", "none");
            }
            if (path.endsWith(".lan")) {
                assertThat(String.valueOf(theirs.get("description"))).contains("login", "open");
            }
            if (ours.containsKey("fields")) {
                compare(path + ".", Manifest.map(ours, "fields"), Manifest.map(theirs, "fields"));
            }
        });
    }
}
