package oriel.config;

import java.util.List;

/** One piece of configuration, in the order in which it counts; what comes later wins. */
sealed interface ConfigSource {
    /** Its name for people. */
    String label();

    /** A YAML (or JSON) text. */
    record Yaml(String label, String text) implements ConfigSource {}

    /**
     * {@code key.path=value}.
     *
     * @param path at least two words
     */
    record Setting(String label, List<String> path, String value) implements ConfigSource {}
}
