package oriel.http;

import java.nio.charset.StandardCharsets;
import oriel.base.Bytes;
import oriel.base.Json;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/**
 * What came back.
 *
 * @param status 200 to 599
 * @param body all of it, within the bounds of who asked
 */
public record HttpAnswer(int status, Bytes body) {
    /** Whether the request was granted: 200 to 299. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** The body as UTF-8; bytes that are none become U+FFFD. */
    public String text() {
        return new String(body.array(), body.offset(), body.length(), StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonValue json() throws MalformedException {
        return Json.parse(body.toArray(), Math.max(1, body.length()));
    }

    /** Without the body, which may hold anything. */
    @Override
    public String toString() {
        return status + " with " + body.length() + " bytes";
    }
}
