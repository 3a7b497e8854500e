package oriel.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.base.Failure;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.media.Direction;
import oriel.stream.LiveStream;
import oriel.stream.ProducerStatus;
import oriel.stream.SourceHint;
import oriel.stream.SourceState;
import oriel.stream.SourceStatus;

/**
 * The gateway's part of "Why is it not playing?": the links from a camera's name to its tracks in their order, each good,
 * broken, or not reached. It speaks of the source that viewers get, or of the first one that fails; it dials nobody.
 */
final class Explanation {
    /** A link of the chain; what breaks is said of the first broken one. */
    private enum Step {
        NAME("name"),
        NETWORK("network"),
        SIGN_IN("sign-in"),
        TRACKS("tracks");

        private final String word;

        Step(String word) {
            this.word = word;
        }
    }

    /**
     * What keeps the chain from being whole.
     *
     * @param action what to do about it, one of the page's words; empty for nothing
     * @param unknown links before it of which this says nothing
     */
    private record Break(Step step, String text, String action, Set<Step> unknown) {
        Break(Step step, String text, String action) {
            this(step, text, action, Set.of());
        }
    }

    private static final String NOT_KNOWN = "Not known.";
    private static final String NOT_REACHED = "Not reached.";

    private Explanation() {}

    /** {@code [{"step","ok","text","action"}]}; {@code ok} is null for what is not known, and {@code action} may be absent. */
    static JsonArray of(LiveStream stream) {
        if (stream.disabled()) {
            return chain(new Break(Step.NAME, "This camera is switched off in the configuration.", "configuration"));
        }
        List<ProducerStatus> producers = stream.producers();
        Optional<SourceStatus> live = producers.stream()
                .flatMap(producer -> producer.source().stream())
                .filter(source -> source.state() == SourceState.LIVE)
                .findFirst();
        if (live.isPresent()) {
            return whole(live.get());
        }
        return producers.stream()
                .flatMap(producer -> failure(producer).stream())
                .findFirst()
                .map(failure -> chain(broken(failure)))
                .orElseGet(() -> unknown(producers));
    }

    private static Optional<Failure> failure(ProducerStatus producer) {
        return producer.source().isPresent()
                ? producer.source().flatMap(SourceStatus::failure)
                : producer.hint() instanceof SourceHint.Nothing(Failure why) ? Optional.of(why) : Optional.empty();
    }

    private static Break broken(Failure failure) {
        String text = failure.sentence();
        return switch (failure) {
            case Failure.Dns d -> new Break(Step.NAME, text, "edit-address");
            case Failure.Unsupported u -> new Break(Step.NAME, text, "edit-address");
            case Failure.Refused r -> new Break(Step.NETWORK, text, "edit-address");
            case Failure.Timeout t -> new Break(Step.NETWORK, text, "try");
            case Failure.NoRoute n -> new Break(Step.NETWORK, text, "network-test");
            case Failure.Tls t -> new Break(Step.NETWORK, text, "certificate");
            case Failure.Server s -> new Break(Step.TRACKS, text, "health", Set.of(Step.NETWORK, Step.SIGN_IN));
            case Failure.Unauthorized u -> new Break(Step.SIGN_IN, text, "password");
            // Cameras look for the path before they ask for a password, or hang up without a word on either.
            case Failure.NotFound n -> new Break(Step.TRACKS, text, "edit-address", Set.of(Step.SIGN_IN));
            case Failure.Protocol p -> new Break(Step.TRACKS, text, "report", Set.of(Step.SIGN_IN));
            case Failure.Silent s -> new Break(Step.TRACKS, text, "try");
            case Failure.AudioOnly a -> new Break(Step.TRACKS, text, "try");
            case Failure.CodecMismatch c -> new Break(Step.TRACKS, text, "report");
        };
    }

    private static JsonArray chain(Break broken) {
        List<JsonValue> links = new ArrayList<>();
        for (Step step : Step.values()) {
            int order = step.compareTo(broken.step);
            if (order < 0 && broken.unknown.contains(step)) {
                links.add(link(step, new JsonNull(), NOT_KNOWN, ""));
            } else if (order < 0) {
                links.add(link(step, new JsonBool(true), "Good.", ""));
            } else if (order == 0) {
                links.add(link(step, new JsonBool(false), broken.text, broken.action));
            } else {
                links.add(link(step, new JsonNull(), NOT_REACHED, ""));
            }
        }
        return new JsonArray(links);
    }

    private static JsonArray whole(SourceStatus source) {
        String remote = source.info().map(info -> info.remote()).orElse("");
        List<String> tracks = source.tracks().stream()
                .map(track -> track.facts().track())
                .filter(track -> track.direction() == Direction.RECVONLY)
                .map(track -> track.codec().name())
                .distinct()
                .toList();
        JsonBool good = new JsonBool(true);
        return JsonArray.of(
                link(Step.NAME, good, "Good.", ""),
                link(Step.NETWORK, good, remote.isEmpty() ? "Connected." : "Connected to " + remote + ".", ""),
                link(Step.SIGN_IN, good, "Accepted.", ""),
                link(Step.TRACKS, good, "It sends " + String.join(", ", tracks) + ".", ""));
    }

    private static JsonArray unknown(List<ProducerStatus> producers) {
        boolean underWay = producers.stream()
                .flatMap(producer -> producer.source().stream())
                .anyMatch(source -> source.state() == SourceState.CONNECTING);
        String text = underWay ? "Under way." : "Nobody is watching, so the camera rests.";
        List<JsonValue> links = new ArrayList<>();
        for (Step step : Step.values()) {
            links.add(link(step, new JsonNull(), text, ""));
        }
        return new JsonArray(links);
    }

    private static JsonObject link(Step step, JsonValue ok, String text, String action) {
        JsonObject.Builder link =
                JsonObject.builder().put("step", step.word).put("ok", ok).put("text", text);
        return (action.isEmpty() ? link : link.put("action", action)).build();
    }
}
