package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import oriel.base.Failure;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.catalog.CatalogException;

/** Answers in the shapes that clients know: go2rtc's plain texts, and JSON. */
final class Answers {
    private static final MediaType TEXT = MediaType.of("text/plain; charset=utf-8");

    private Answers() {}

    static MutableHttpResponse<String> text(HttpStatus status, String text) {
        return HttpResponse.status(status).contentType(TEXT).body(text);
    }

    static MutableHttpResponse<String> json(JsonValue value) {
        return json(HttpStatus.OK, value);
    }

    static MutableHttpResponse<String> json(HttpStatus status, JsonValue value) {
        return HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(value.toString());
    }

    /** {@code {"error":…,"code":…}}, as our own routes say it. */
    static MutableHttpResponse<String> error(HttpStatus status, String sentence, String code) {
        JsonObject body =
                JsonObject.builder().put("error", sentence).put("code", code).build();
        return json(status, body);
    }

    static MutableHttpResponse<?> empty() {
        return HttpResponse.ok().header(HttpHeaders.CONTENT_LENGTH, "0");
    }

    static MutableHttpResponse<String> unknownStream() {
        return text(HttpStatus.NOT_FOUND, "stream not found");
    }

    /** What a camera's failure is in HTTP: the camera is the gateway's upstream. */
    static HttpStatus status(Failure failure) {
        return switch (failure) {
            case Failure.Timeout t -> HttpStatus.GATEWAY_TIMEOUT;
            case Failure.Refused r -> HttpStatus.BAD_GATEWAY;
            case Failure.NoRoute n -> HttpStatus.BAD_GATEWAY;
            case Failure.Dns d -> HttpStatus.BAD_GATEWAY;
            case Failure.Unauthorized u -> HttpStatus.BAD_GATEWAY;
            case Failure.NotFound n -> HttpStatus.BAD_GATEWAY;
            case Failure.Tls t -> HttpStatus.BAD_GATEWAY;
            case Failure.Protocol p -> HttpStatus.BAD_GATEWAY;
            case Failure.Server s -> HttpStatus.INTERNAL_SERVER_ERROR;
            case Failure.Silent s -> HttpStatus.BAD_GATEWAY;
            case Failure.AudioOnly a -> HttpStatus.BAD_GATEWAY;
            case Failure.CodecMismatch c -> HttpStatus.NOT_ACCEPTABLE;
            case Failure.Unsupported u -> HttpStatus.NOT_ACCEPTABLE;
        };
    }

    static HttpStatus status(CatalogException.Reason reason) {
        return switch (reason) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case IN_FILE, IMPORTED -> HttpStatus.CONFLICT;
            case FULL -> HttpStatus.SERVICE_UNAVAILABLE;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
        };
    }
}
