package oriel.homeassistant.discovery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import oriel.base.JsonNull;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;

/**
 * What Home Assistant is told of a camera: one message with the values of all its entities. What is not known is {@code
 * null}, which its templates turn into "unknown".
 *
 * @param connected whether the camera answers; empty if nobody knows
 * @param problem whether something is wrong with it
 * @param reason what, a sentence
 * @param since when its stream's state began
 * @param nextTry when it is tried again
 * @param source its kind
 * @param figures what changes all the time
 * @param resolution such as {@code 1920x1080}
 * @param codec such as {@code H264, AAC}
 * @param lastError the last sentence about what was wrong, also when that is over
 * @param runningSince since when pictures come
 * @param enabled whether its owner has it on
 * @param keepAlive whether it stays connected
 * @param taken when its last still was taken
 */
record CameraState(
        Optional<Boolean> connected,
        boolean problem,
        Optional<String> reason,
        Optional<Instant> since,
        Optional<Instant> nextTry,
        String source,
        Figures figures,
        Optional<String> resolution,
        Optional<String> codec,
        Optional<String> lastError,
        Optional<Instant> runningSince,
        boolean enabled,
        boolean keepAlive,
        Optional<Instant> taken) {
    /** Home Assistant drops a state that is longer. */
    static final int MAX_TEXT = 255;

    /**
     * Numbers, told every 10 s.
     *
     * @param viewers who watches
     * @param kilobits a second, from the camera
     * @param framesPerSecond from the camera
     * @param restarts of its connection
     */
    record Figures(int viewers, long kilobits, double framesPerSecond, long restarts) {
        static final Figures NONE = new Figures(0, 0, 0, 0);

        Figures withViewers(int now) {
            return new Figures(now, kilobits, framesPerSecond, restarts);
        }
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("connectivity", connected.map(CameraState::flag).orElse(new JsonNull()))
                .put("problem", flag(problem))
                .put("reason", text(reason))
                .put("since", time(since))
                .put("next_try", time(nextTry))
                .put("source", source)
                .put("viewers", figures.viewers())
                .put("bitrate", figures.kilobits())
                .put("frame_rate", number(figures.framesPerSecond()))
                .put("resolution", text(resolution))
                .put("codec", text(codec))
                .put("last_error", text(lastError))
                .put("running_since", time(runningSince))
                .put("restarts", figures.restarts())
                .put("enabled", flag(enabled))
                .put("keep_alive", flag(keepAlive))
                .put("taken", time(taken))
                .build();
    }

    static JsonValue flag(boolean on) {
        return new JsonString(on ? "ON" : "OFF");
    }

    /** One decimal, none where it says nothing. */
    static JsonNumber number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? JsonNumber.of(tenths / 10) : JsonNumber.of(tenths / 10.0);
    }

    private static JsonValue text(Optional<String> text) {
        return text.<JsonValue>map(t -> new JsonString(
                        t.codePointCount(0, t.length()) <= MAX_TEXT
                                ? t
                                : t.substring(0, t.offsetByCodePoints(0, MAX_TEXT - 1)) + "…"))
                .orElse(new JsonNull());
    }

    // Whole seconds: more would tell nobody anything.
    private static JsonValue time(Optional<Instant> time) {
        return time.<JsonValue>map(
                        t -> new JsonString(t.truncatedTo(ChronoUnit.SECONDS).toString()))
                .orElse(new JsonNull());
    }
}
