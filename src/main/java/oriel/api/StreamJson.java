package oriel.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import oriel.access.Door;
import oriel.access.Principal;
import oriel.access.Role;
import oriel.base.Failure;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonNull;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.Redacted;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.PictureSize;
import oriel.media.Track;
import oriel.stream.ConsumerStatus;
import oriel.stream.LiveStream;
import oriel.stream.ProducerStatus;
import oriel.stream.SourceHint;
import oriel.stream.SourceState;
import oriel.stream.SourceStatus;
import oriel.stream.StreamRegistry;
import oriel.stream.TrackFacts;
import oriel.stream.TrackStatus;

/**
 * Streams as {@code /api/streams} shows them: what go2rtc's clients read, with state and reasons beside it. Every producer
 * has its {@code url}, byte for byte for those who may see it: Home Assistant compares it with what it registered.
 */
final class StreamJson {
    /** What changes with every packet, and tells nothing new of a stream. */
    private static final Set<String> COUNTERS =
            Set.of("bytes_recv", "bytes_send", "bytes", "packets", "loss", "rtt_ms", "resent", "drops");

    private static final int SHORT_ID = 8;

    private final StreamRegistry streams;
    private final Principal who;
    private final UnaryOperator<String> shown;
    private final Function<String, Optional<String>> aliases;

    private StreamJson(
            StreamRegistry streams,
            Principal who,
            UnaryOperator<String> shown,
            Function<String, Optional<String>> aliases) {
        this.streams = streams;
        this.who = who;
        this.shown = shown;
        this.aliases = aliases;
    }

    /** As {@code who} may see them. */
    static StreamJson of(ApiServices services, Principal who) {
        UnaryOperator<String> shown =
                who.role().seesAddresses() ? UnaryOperator.identity() : services.redactions()::text;
        return new StreamJson(services.streams(), who, shown, services.catalog()::aliasOf);
    }

    /** As those see them who may see no address, all streams. */
    static StreamJson masked(ApiServices services) {
        return masked(services.streams(), services.redactions()::text, services.catalog()::aliasOf);
    }

    static StreamJson masked(
            StreamRegistry streams, UnaryOperator<String> shown, Function<String, Optional<String>> aliases) {
        return new StreamJson(streams, new Principal("everybody", Role.VIEWER, Door.API), shown, aliases);
    }

    /** The same without what counts packets: equal for as long as nothing happens. */
    static JsonValue withoutCounters(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                JsonObject.Builder kept = JsonObject.builder();
                object.members().forEach((name, member) -> {
                    if (!COUNTERS.contains(name)) {
                        kept.put(name, withoutCounters(member));
                    }
                });
                yield kept.build();
            }
            case JsonArray array ->
                new JsonArray(
                        array.items().stream().map(StreamJson::withoutCounters).toList());
            case JsonString text -> text;
            case JsonNumber number -> number;
            case JsonBool bool -> bool;
            case JsonNull none -> none;
        };
    }

    JsonObject all() {
        JsonObject.Builder all = JsonObject.builder();
        streams.all().stream()
                .filter(stream -> who.streams().allows(stream.name()))
                .forEach(stream -> all.put(stream.name(), one(stream)));
        return all.build();
    }

    JsonObject one(LiveStream stream) {
        JsonObject.Builder json = JsonObject.builder()
                .put("producers", array(stream.producers().stream().map(this::producer)))
                .put("consumers", array(stream.consumers().stream().map(this::consumer)))
                .put("state", streams.state(stream).word());
        if (!stream.note().isEmpty()) {
            json.put("note", shown.apply(stream.note()));
        }
        aliases.apply(stream.name()).ifPresent(name -> json.put("alias_of", name));
        return json.build();
    }

    /** The codecs that a stream's cameras send, in order. */
    static JsonArray codecs(LiveStream stream) {
        return array(stream.producers().stream()
                .flatMap(producer -> producer.source().stream())
                .flatMap(source -> source.tracks().stream())
                .filter(track -> track.facts().track().direction() == Direction.RECVONLY)
                .map(track -> codec(track.facts())));
    }

    private JsonObject producer(ProducerStatus producer) {
        JsonObject.Builder json = JsonObject.builder().put("url", shown.apply(producer.text()));
        producer.source().ifPresentOrElse(source -> running(json, source), () -> resting(json, producer.hint()));
        return json.build();
    }

    // A source that only points elsewhere, or that this version does not speak.
    private void resting(JsonObject.Builder json, SourceHint hint) {
        json.put("state", SourceState.IDLE.word());
        if (hint instanceof SourceHint.Nothing(Failure why) && why instanceof Failure.Unsupported) {
            json.put("failure", why.code()).put("reason", shown.apply(why.sentence()));
        }
    }

    private void running(JsonObject.Builder json, SourceStatus source) {
        json.put("state", source.state().word());
        source.failure().ifPresent(failure -> {
            json.put("failure", failure.code())
                    .put("reason", shown.apply(failure.sentence()))
                    .put("details", details(failure));
        });
        json.put("since", time(source.since()));
        source.nextTry().ifPresent(next -> json.put("next_try", time(next)));
        json.put("restarts", source.restarts());
        source.info().ifPresent(info -> {
            json.put("format_name", info.format())
                    .put("protocol", info.protocol())
                    .put("remote_addr", info.remote())
                    .put("user_agent", info.agent());
            if (!info.sdp().isEmpty()) {
                json.put("sdp", shown.apply(Redacted.text(info.sdp())));
            }
        });
        if (!source.tracks().isEmpty()) {
            json.put(
                            "medias",
                            JsonArray.ofStrings(source.tracks().stream()
                                    .map(track -> track.facts().track().toString())
                                    .toList()))
                    .put(
                            "receivers",
                            array(source.tracks().stream()
                                    .filter(track -> track.facts().track().direction() == Direction.RECVONLY)
                                    .map(StreamJson::receiver)));
        }
        json.put("bytes_recv", source.bytesReceived());
        counts(json, source.drops());
    }

    // What a sentence in another language needs to know; never a secret.
    private JsonObject details(Failure failure) {
        JsonObject.Builder details = JsonObject.builder();
        return switch (failure) {
            case Failure.Refused(String host, int port) ->
                details.put("host", host).put("port", port).build();
            case Failure.Timeout(String host, Duration w) ->
                details.put("host", host).build();
            case Failure.NoRoute(String host) -> details.put("host", host).build();
            case Failure.Dns(String host) -> details.put("host", host).build();
            case Failure.NotFound(String path) ->
                details.put("path", shown.apply(path)).build();
            case Failure.Unauthorized u -> details.build();
            case Failure.Tls t -> details.build();
            case Failure.Protocol p -> details.build();
            case Failure.Server s -> details.build();
            case Failure.Silent s -> details.build();
            case Failure.AudioOnly a -> details.build();
            case Failure.CodecMismatch c -> details.build();
            case Failure.Unsupported u -> details.build();
        };
    }

    private static JsonObject receiver(TrackStatus status) {
        return JsonObject.builder()
                .put("id", status.facts().track().id() + 1)
                .put("codec", codec(status.facts()))
                .put("bytes", status.bytes())
                .put("packets", status.packets())
                .build();
    }

    private static JsonObject codec(TrackFacts facts) {
        Track track = facts.track();
        Codec codec = track.codec();
        JsonObject.Builder described = JsonObject.builder()
                .put("codec_name", codec.name().toLowerCase(Locale.ROOT))
                .put("codec_type", track.kind().word());
        if (codec.channels() > 0) {
            described.put("sample_rate", codec.clockRate()).put("channels", codec.channels());
        }
        PictureSize.of(codec)
                .ifPresent(size -> described.put("width", size.width()).put("height", size.height()));
        if (facts.reordersPictures()) {
            described.put("b_frames", true);
        }
        return described.build();
    }

    // Who may not end viewers does not learn the id that ends one.
    private JsonObject consumer(ConsumerStatus consumer) {
        boolean whole = who.role() != Role.VIEWER;
        JsonObject.Builder json = JsonObject.builder()
                .put(
                        "id",
                        whole
                                ? consumer.id()
                                : consumer.id()
                                        .substring(
                                                0,
                                                Math.min(SHORT_ID, consumer.id().length())))
                .put("type", consumer.type())
                .put("format_name", consumer.type())
                .put("remote", consumer.remote())
                .put("since", time(consumer.since()))
                .put("tracks", JsonArray.ofStrings(consumer.tracks()))
                .put("bytes_send", consumer.bytesSent());
        number(json, "loss", consumer.loss());
        number(json, "rtt_ms", consumer.rttMillis());
        json.put("resent", consumer.resent()).put("state", consumer.keyFramesOnly() ? "key-frames" : "live");
        counts(json, consumer.drops());
        return json.put("note", consumer.note()).build();
    }

    private static void number(JsonObject.Builder json, String name, OptionalDouble value) {
        value.ifPresent(v -> json.put(name, JsonNumber.of(Math.round(v * 1000) / 1000.0)));
    }

    private static void counts(JsonObject.Builder json, Map<String, Long> drops) {
        JsonObject.Builder reasons = JsonObject.builder();
        new TreeMap<>(drops).forEach(reasons::put);
        json.put("drops", reasons.build());
    }

    private static JsonArray array(Stream<JsonObject> items) {
        return new JsonArray(items.map(item -> (JsonValue) item).toList());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
