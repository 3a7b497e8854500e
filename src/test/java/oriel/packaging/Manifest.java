package oriel.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files at the repository's root, as the Supervisor reads them. */
final class Manifest {
    private Manifest() {}

    static Map<?, ?> app() {
        return yaml(Path.of("config.yaml"));
    }

    /** A YAML file that is a map. */
    static Map<?, ?> yaml(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return map(new Yaml(new SafeConstructor(options)).load(text(file)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError("no map: " + value);
    }

    static Map<?, ?> map(Map<?, ?> parent, String key) {
        Object value = parent.get(key);
        if (value == null) {
            throw new AssertionError("no " + key);
        }
        return map(value);
    }

    static List<String> strings(Map<?, ?> parent, String key) {
        List<String> strings = new ArrayList<>();
        if (parent.get(key) instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    /** Each option of the schema as a path: {@code access.lan}; rows of a list count as what stands in them. */
    static TreeSet<String> options() {
        TreeSet<String> paths = new TreeSet<>();
        walk("", map(app(), "schema"), paths);
        return paths;
    }

    private static void walk(String prefix, Map<?, ?> level, TreeSet<String> paths) {
        level.forEach((key, type) -> {
            // `off` without quotes is none to the Supervisor's YAML.
            if (!(key instanceof String)) {
                throw new AssertionError("a key that is no text: " + prefix + key);
            }
            String path = prefix + key;
            paths.add(path);
            Object element = type instanceof List<?> rows ? rows.getFirst() : type;
            if (element instanceof Map<?, ?> below) {
                walk(path + ".", below, paths);
            }
        });
    }
}
