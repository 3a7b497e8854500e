package oriel.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.MalformedException;

/** The page's files as they lie in the tree. */
final class UiFiles {
    private static final Path ROOT = Path.of("src/main/resources/ui");

    private UiFiles() {}

    static String text(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> scripts() {
        Map<String, String> scripts = new TreeMap<>();
        for (String name : names(".js")) {
            scripts.put(name, text(name));
        }
        return scripts;
    }

    static List<String> names(String end) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a language by key. */
    static Map<String, String> words(String language) throws MalformedException {
        Map<String, String> words = new TreeMap<>();
        ((JsonObject) Json.parse(text("i18n/" + language + ".json")))
                .members()
                .forEach((key, value) -> words.put(key, ((JsonString) value).value()));
        return words;
    }
}
