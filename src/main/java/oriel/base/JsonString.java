package oriel.base;

/**
 * A text.
 *
 * @param value any characters; an unpaired surrogate is kept and written as an escape
 */
public record JsonString(String value) implements JsonValue {
    @Override
    public String toString() {
        return toJson();
    }
}
