package oriel.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import oriel.access.Refusal;
import oriel.base.JsonObject;

/** How the clients of an address hear what went wrong: each family of them looks for the sentence in another place. */
enum Dialect {
    /** {@code {"status":0,"payload":…}}: all that Home Assistant shows of a failure is that payload. */
    RTSP_TO_WEB {
        @Override
        MutableHttpResponse<String> say(HttpStatus status, String sentence) {
            return Answers.json(
                    status,
                    JsonObject.builder()
                            .put("status", 0)
                            .put("payload", sentence)
                            .build());
        }
    },
    /** {@code {"error":…}}. */
    RTSP_TO_WEBRTC {
        @Override
        MutableHttpResponse<String> say(HttpStatus status, String sentence) {
            return Answers.json(
                    status, JsonObject.builder().put("error", sentence).build());
        }
    },
    /** {@code {"error":…,"code":…}}, as our own routes say it. */
    OURS {
        @Override
        MutableHttpResponse<String> say(HttpStatus status, String sentence) {
            String code = switch (status) {
                case NOT_FOUND -> "not-found";
                case UNAUTHORIZED, FORBIDDEN, MISDIRECTED_REQUEST, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                    new Refusal(status.getCode(), sentence).code();
                default -> "protocol";
            };
            return Answers.error(status, sentence, code);
        }
    },
    /** go2rtc's plain text. */
    PLAIN {
        @Override
        MutableHttpResponse<String> say(HttpStatus status, String sentence) {
            return Answers.text(status, sentence);
        }
    };

    /** @param path without {@code api.base_path} */
    static Dialect of(String path) {
        if (path.startsWith("/api/oriel/") || path.equals("/api/links") || path.equals("/healthz")) {
            return OURS;
        }
        if (path.equals("/stream") || path.equals("/stream/") || path.equals("/static")) {
            return RTSP_TO_WEBRTC;
        }
        return path.equals("/streams") || path.startsWith("/stream/") ? RTSP_TO_WEB : PLAIN;
    }

    abstract MutableHttpResponse<String> say(HttpStatus status, String sentence);
}
