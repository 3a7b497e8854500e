package oriel.base;

/** {@code null}: a member that is there and has no value. */
public record JsonNull() implements JsonValue {
    @Override
    public String toString() {
        return toJson();
    }
}
