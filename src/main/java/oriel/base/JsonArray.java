package oriel.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A list of values. */
public record JsonArray(List<JsonValue> items) implements JsonValue {
    public JsonArray {
        items = List.copyOf(items);
    }

    public static JsonArray of(JsonValue... items) {
        return new JsonArray(List.of(items));
    }

    public static JsonArray ofStrings(Collection<String> items) {
        return new JsonArray(items.stream().<JsonValue>map(JsonString::new).toList());
    }

    /** The items as texts; empty if one of them is not a text. */
    public Optional<List<String>> strings() {
        List<String> strings = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (!(item instanceof JsonString string)) {
                return Optional.empty();
            }
            strings.add(string.value());
        }
        return Optional.of(List.copyOf(strings));
    }

    /** Those of the items that are objects. */
    public List<JsonObject> objects() {
        return items.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
