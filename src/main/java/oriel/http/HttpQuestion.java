package oriel.http;

import java.net.URI;
import java.util.Optional;
import oriel.base.JsonValue;
import oriel.base.Secret;

/**
 * One request.
 *
 * @param method in capitals
 * @param uri {@code http} or {@code https}, absolute
 * @param token sent as {@code Authorization: Bearer}
 * @param body sent as {@code application/json}
 */
public record HttpQuestion(String method, URI uri, Optional<Secret> token, Optional<JsonValue> body) {
    /** {@code GET} with a token. */
    public static HttpQuestion get(URI uri, Secret token) {
        return new HttpQuestion("GET", uri, Optional.of(token), Optional.empty());
    }

    /** {@code POST} with a token. */
    public static HttpQuestion post(URI uri, Secret token, JsonValue body) {
        return new HttpQuestion("POST", uri, Optional.of(token), Optional.of(body));
    }

    HttpQuestion at(URI elsewhere) {
        return new HttpQuestion(method, elsewhere, token, body);
    }

    /** Without what the token and the body say. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
