package oriel.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration as a tree, before its meaning is known. */
sealed interface ConfigNode {
    Place place();

    /**
     * One text.
     *
     * @param text as written, with its variables filled in
     * @param plain whether it stood there without quotes, and whole: only such a text can mean {@code null}
     * @param filled what variables brought in, without the defaults that stand in the file itself
     * @param missing variables that have no value and no default
     */
    record Scalar(String text, boolean plain, List<String> filled, List<String> missing, Place place)
            implements ConfigNode {
        public Scalar {
            filled = List.copyOf(filled);
            missing = List.copyOf(missing);
        }

        /** Nothing at all, {@code ~} or {@code null}. */
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        /** The plain word {@code false}. */
        boolean isFalse() {
            return plain && text.equalsIgnoreCase("false");
        }
    }

    /** Named nodes, in order. */
    record Mapping(Map<String, Entry> entries, Place place) implements ConfigNode {
        /** {@code over} laid over this: maps key by key, all else replaced; an empty section changes nothing. */
        Mapping merge(Mapping over) {
            Map<String, Entry> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((key, entry) -> merged.merge(key, entry, Mapping::merge));
            return new Mapping(merged, place);
        }

        private static Entry merge(Entry under, Entry over) {
            if (!(under.value() instanceof Mapping section)) {
                return over;
            }
            return switch (over.value()) {
                case Mapping mapping -> new Entry(under.key(), section.merge(mapping));
                case Scalar scalar -> scalar.isNull() ? under : over;
                case Sequence sequence -> over;
            };
        }
    }

    /** A list. */
    record Sequence(List<ConfigNode> items, Place place) implements ConfigNode {}

    /**
     * What stands behind a key.
     *
     * @param key where the key stands
     */
    record Entry(Place key, ConfigNode value) {}
}
