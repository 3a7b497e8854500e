package oriel.state;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.StreamName;

/**
 * A share link that was given out; its token is not kept.
 *
 * @param stream the one stream that it opens
 * @param expires when it ends, to the second
 * @param by who made it
 */
public record StoredLink(String stream, Instant expires, String by) {
    JsonObject json() {
        return JsonObject.builder()
                .put("stream", stream)
                .put("expires", expires.toString())
                .put("by", by)
                .build();
    }

    static Optional<StoredLink> read(JsonValue value) {
        if (!(value instanceof JsonObject json)) {
            return Optional.empty();
        }
        Optional<String> stream =
                json.string("stream").filter(s -> StreamName.problem(s).isEmpty());
        Optional<String> expires = json.string("expires");
        if (stream.isEmpty() || expires.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredLink(
                    stream.get(),
                    Instant.parse(expires.get()),
                    json.string("by").orElse("")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
