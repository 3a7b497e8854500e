package oriel.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Named values in the order in which they were put in; two are equal whatever their order. The typed reads are empty
 * when the member is absent, {@code null}, or of another type: who needs to tell these apart asks {@link #member}.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static JsonObject empty() {
        return new JsonObject(Map.of());
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<JsonValue> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    public Optional<String> string(String name) {
        return members.get(name) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
    }

    /** One text or a list of texts: {@code "src": "a"} and {@code "src": ["a", "b"]}. */
    public Optional<List<String>> strings(String name) {
        return switch (members.get(name)) {
            case JsonString one -> Optional.of(List.of(one.value()));
            case JsonArray several -> several.strings();
            case null -> Optional.empty();
            case JsonObject o -> Optional.empty();
            case JsonNumber n -> Optional.empty();
            case JsonBool b -> Optional.empty();
            case JsonNull n -> Optional.empty();
        };
    }

    /** A whole number that fits into a long. */
    public OptionalLong integer(String name) {
        return members.get(name) instanceof JsonNumber n ? n.toLong() : OptionalLong.empty();
    }

    public Optional<Boolean> bool(String name) {
        return members.get(name) instanceof JsonBool b ? Optional.of(b.value()) : Optional.empty();
    }

    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    }

    public Optional<JsonArray> array(String name) {
        return members.get(name) instanceof JsonArray a ? Optional.of(a) : Optional.empty();
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** Collects members; a name that is put twice keeps its place and takes the later value. For one thread. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        /** @throws IllegalArgumentException if {@code value} is infinite or not a number */
        public Builder put(String name, double value) {
            return put(name, JsonNumber.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new JsonBool(value));
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
