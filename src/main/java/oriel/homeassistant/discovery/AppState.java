package oriel.homeassistant.discovery;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonValue;

/**
 * What Home Assistant is told of Oriel itself.
 *
 * @param problems what is wrong, sentences
 * @param figures numbers, told every 10 s
 * @param version that runs
 * @param update what the Supervisor says of versions; empty stand-alone
 */
record AppState(List<String> problems, Figures figures, String version, Optional<Update> update) {
    /**
     * Versions.
     *
     * @param installed that the Supervisor has installed
     * @param latest that there is
     */
    record Update(String installed, String latest) {}

    /**
     * Numbers.
     *
     * @param streams cameras that there are
     * @param viewers of all cameras
     * @param cpu percent of all cores
     * @param memory bytes
     * @param loopDelayMillis the longest that a media loop let a task wait
     */
    record Figures(int streams, int viewers, OptionalDouble cpu, OptionalLong memory, long loopDelayMillis) {
        Figures withViewers(int now) {
            return new Figures(streams, now, cpu, memory, loopDelayMillis);
        }

        Figures withStreams(int now) {
            return new Figures(now, viewers, cpu, memory, loopDelayMillis);
        }
    }

    AppState {
        problems = List.copyOf(problems);
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("problem", CameraState.flag(!problems.isEmpty()))
                .put("reasons", JsonArray.ofStrings(problems))
                .put("streams", figures.streams())
                .put("viewers", figures.viewers())
                .put(
                        "cpu",
                        figures.cpu().isPresent()
                                ? CameraState.number(figures.cpu().getAsDouble())
                                : none())
                .put(
                        "memory",
                        figures.memory().isPresent()
                                ? JsonNumber.of(figures.memory().getAsLong() / 1_000_000)
                                : none())
                .put("loop_delay", figures.loopDelayMillis())
                .put("version", version);
        update.ifPresent(known -> json.put(
                "update",
                JsonObject.builder()
                        .put("installed_version", known.installed())
                        .put("latest_version", known.latest())
                        .put("title", "Oriel")
                        .build()));
        return json.build();
    }

    private static JsonValue none() {
        return new JsonNull();
    }
}
