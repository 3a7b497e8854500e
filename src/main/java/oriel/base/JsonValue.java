package oriel.base;

import java.nio.charset.StandardCharsets;

/** A JSON value (RFC 8259), immutable and equal by content. Read by {@link Json}. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull {
    /** On one line, without blanks. Text that is not valid UTF-16 is escaped, so that it comes back as it was. */
    default String toJson() {
        return new JsonWriter(false).write(this);
    }

    /** For people: two blanks a level, a line for each member, a line end at the end. */
    default String toIndentedJson() {
        return new JsonWriter(true).write(this) + "\n";
    }

    /** {@link #toJson()} in UTF-8. */
    default byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }
}
