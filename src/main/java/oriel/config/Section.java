package oriel.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map of the configuration while it is read key by key, each by the type that its reader wants. What breaks a rule is
 * told and read as if absent, so that all problems are found in one go; {@link #finish} tells the keys that nobody asked
 * for. For one thread.
 */
final class Section {
    /** Reads one value. */
    @FunctionalInterface
    interface Reading<T> {
        T read(String text) throws RuleException;
    }

    private final String path;
    private final Map<String, ConfigNode.Entry> entries;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    Section(String path, ConfigNode.Mapping mapping, Problems problems) {
        this.path = path;
        this.entries = mapping.entries();
        this.problems = problems;
    }

    /** The map behind {@code key}; an empty one if there is none. */
    Section section(String key) {
        ConfigNode.Mapping none = new ConfigNode.Mapping(Map.of(), new Place("", 0));
        return new Section(
                path(key), node(key).flatMap(n -> mapping(path(key), n)).orElse(none), problems);
    }

    /** The value behind {@code key} as {@code reading} reads it; {@code fallback} if it is absent, null or refused. */
    <T> T value(String key, T fallback, Reading<T> reading) {
        return node(key).flatMap(n -> read(path(key), n, reading)).orElse(fallback);
    }

    /** One value or a list of them; those that are refused are left out. */
    <T> List<T> values(String key, Reading<T> reading) {
        List<T> values = new ArrayList<>();
        node(key)
                .ifPresent(n -> items(path(key), n)
                        .forEach((itemPath, item) ->
                                read(itemPath, item, reading).ifPresent(values::add)));
        return values;
    }

    /** Whether there is anything but null behind {@code key}. */
    boolean has(String key) {
        return node(key).isPresent();
    }

    /** Tells that what is behind {@code key} breaks a rule as a whole. */
    void refuse(String key, RuleException rule) {
        node(key).ifPresent(n -> refuse(path(key), n, rule));
    }

    /** A list of maps. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        node(key)
                .ifPresent(n -> items(path(key), n)
                        .forEach((itemPath, item) -> mapping(itemPath, item)
                                .ifPresent(m -> sections.add(new Section(itemPath, m, problems)))));
        return sections;
    }

    /** All keys with something behind them, in order. */
    List<String> names() {
        return entries.keySet().stream().filter(this::has).toList();
    }

    /** All keys that were not asked for yet, in order; asks for them. */
    Map<String, ConfigNode.Entry> rest() {
        Map<String, ConfigNode.Entry> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeAll(asked);
        asked.addAll(rest.keySet());
        return rest;
    }

    /** Tells of each key that was not asked for. */
    void finish() {
        rest().forEach((key, entry) -> tell(path(key), entry));
    }

    /** Tells that what stands under {@code key} has no effect. */
    void tellUnknown(String key, ConfigNode.Entry entry) {
        unknown(path(key), entry);
    }

    private void unknown(String keyPath, ConfigNode.Entry entry) {
        problems.idle(keyPath, false);
        problems.note(true, entry.key() + ": " + Masked.oneLine(keyPath) + " is unknown and has no effect");
    }

    private void tell(String keyPath, ConfigNode.Entry entry) {
        if (KnownKeys.contains(keyPath)) {
            problems.idle(keyPath, true);
            problems.note(false, keyPath + " is known and has no effect in this version (" + entry.key() + ")");
        } else if (KnownKeys.hasKeysIn(keyPath) && entry.value() instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((key, inner) -> tell(keyPath + "." + key, inner));
        } else if (!KnownKeys.hasKeysIn(keyPath)) {
            unknown(keyPath, entry);
        }
    }

    /** {@code node} as {@code reading} reads it; a problem is told under {@code nodePath}. */
    <T> Optional<T> read(String nodePath, ConfigNode node, Reading<T> reading) {
        try {
            if (!(node instanceof ConfigNode.Scalar scalar)) {
                throw new RuleException("must be one text or number, and is a " + kind(node), "");
            }
            if (!scalar.missing().isEmpty()) {
                return Optional.empty(); // told elsewhere, once for the whole tree
            }
            return Optional.of(reading.read(scalar.isNull() ? "" : scalar.text()));
        } catch (RuleException e) {
            refuse(nodePath, node, e);
            return Optional.empty();
        }
    }

    void refuse(String nodePath, ConfigNode node, RuleException rule) {
        problems.add(node.place(), nodePath, Masked.value(nodePath, node), rule);
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<ConfigNode> node(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key))
                .map(ConfigNode.Entry::value)
                .filter(n -> !(n instanceof ConfigNode.Scalar s && s.isNull()));
    }

    private Optional<ConfigNode.Mapping> mapping(String nodePath, ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        refuse(nodePath, node, new RuleException("must be a map of keys, and is a " + kind(node), ""));
        return Optional.empty();
    }

    private static Map<String, ConfigNode> items(String nodePath, ConfigNode node) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            return Map.of(nodePath, node);
        }
        Map<String, ConfigNode> items = new LinkedHashMap<>();
        for (ConfigNode item : sequence.items()) {
            items.put(nodePath + "[" + items.size() + "]", item);
        }
        return items;
    }

    private static String kind(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar s -> "single value";
            case ConfigNode.Sequence s -> "list";
            case ConfigNode.Mapping m -> "map";
        };
    }
}
