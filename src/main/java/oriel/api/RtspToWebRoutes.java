package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import oriel.access.Refusal;
import oriel.access.Right;
import oriel.access.StreamScope;
import oriel.access.TokenUse;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;
import oriel.stream.LiveStream;

/**
 * The endpoints of RTSPtoWeb, which Home Assistant 2022.2 to 2025.5 and recorders use. A stream's channels are its sources
 * in order; channel 0 stands for all of them together. What goes wrong is said in {@code payload}, the one place that
 * reaches the user there.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class RtspToWebRoutes {
    private static final String ALL_SOURCES = "0";

    /** The names by which clients' helpers begin, which RTSPtoWeb knows nothing of. */
    private static final String HELPER = "ffmpeg:";

    private static final Duration PROBE = Duration.ofSeconds(7);

    private final ApiServices services;
    private final Adding adding;
    private final Viewing viewing;

    RtspToWebRoutes(ApiServices services) {
        this.services = services;
        this.adding = new Adding(services);
        this.viewing = new Viewing(services);
    }

    /** All streams, as RTSPtoWeb's clients read them and as plain names. */
    @Get("/streams")
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE)
    HttpResponse<String> streams(HttpRequest<?> request) {
        JsonObject.Builder payload = JsonObject.builder();
        List<String> names = new ArrayList<>();
        StreamScope theirs = Requests.principal(request).streams();
        for (LiveStream stream : services.streams().all()) {
            if (theirs.allows(stream.name())) {
                names.add(stream.name());
                payload.put(stream.name(), describe(request, stream));
            }
        }
        return Answers.json(JsonObject.builder()
                .put("status", 1)
                .put("payload", payload.build())
                .put("streams", JsonArray.ofStrings(names))
                .put("rtsp_url_base", RtspInfo.urlBase(Requests.host(request)))
                .build());
    }

    /** Adds a stream of the body's channels, or gives a known one these sources. */
    @Post("/stream/{id}/add")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.PATH)
    HttpResponse<String> add(HttpRequest<byte[]> request, String id) {
        List<String> sources;
        try {
            sources = channels(request.getBody().orElse(new byte[0]));
        } catch (MalformedException e) {
            return failed(HttpStatus.BAD_REQUEST, e.reason());
        }
        // Home Assistant's newer integration may have put its helper beside the camera under the same name.
        services.catalog().find(id).stream()
                .flatMap(stream -> stream.sourceTexts().stream())
                .filter(source -> source.startsWith(HELPER) && !sources.contains(source))
                .forEach(sources::add);
        return done(adding.add(Requests.principal(request), id, sources));
    }

    /** The same for a stream that is known. */
    @Post("/stream/{id}/edit")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.PATH)
    HttpResponse<String> edit(HttpRequest<byte[]> request, String id) {
        return services.catalog().find(id).isPresent() ? add(request, id) : unknown();
    }

    /** Forgets a stream. By GET too, as RTSPtoWeb has it, but not for browsers: any page could make them ask. */
    @Get("/stream/{id}/delete")
    @Needs(value = Right.OPERATE, stream = StreamIn.PATH)
    HttpResponse<String> deleteByGet(HttpRequest<?> request, String id) {
        return Requests.isBrowser(request) ? byPost() : delete(request, id);
    }

    @Post("/stream/{id}/delete")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.OPERATE, stream = StreamIn.PATH)
    HttpResponse<String> deleteByPost(HttpRequest<?> request, String id) {
        return delete(request, id);
    }

    @Delete("/stream/{id}")
    @Needs(value = Right.OPERATE, stream = StreamIn.PATH)
    HttpResponse<String> delete(HttpRequest<?> request, String id) {
        return services.catalog().find(id).isPresent()
                ? done(adding.remove(Requests.principal(request), id))
                : unknown();
    }

    /** Tries now what waits for its next try. */
    @Get("/stream/{id}/reload")
    @Needs(value = Right.ADD, stream = StreamIn.PATH)
    HttpResponse<String> reloadByGet(HttpRequest<?> request, String id) {
        return Requests.isBrowser(request) ? byPost() : reload(id);
    }

    @Post("/stream/{id}/reload")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.PATH)
    HttpResponse<String> reload(String id) {
        Optional<LiveStream> stream = services.catalog().find(id);
        if (stream.isEmpty()) {
            return unknown();
        }
        stream.get().tryNow();
        return success(new JsonString("success"));
    }

    @Get("/stream/{id}/info")
    @Needs(value = Right.VIEW, stream = StreamIn.PATH)
    HttpResponse<String> info(HttpRequest<?> request, String id) {
        return services.catalog()
                .find(id)
                .map(stream -> success(describe(request, stream)))
                .orElseGet(() -> unknown());
    }

    /** What the camera sends; an idle one is asked first, at most 7 s. */
    @Get(uris = {"/stream/{id}/codec", "/stream/{id}/channel/{channel}/codec"})
    @Needs(value = Right.VIEW, stream = StreamIn.PATH)
    HttpResponse<String> codec(String id) throws InterruptedException {
        Optional<LiveStream> stream = services.catalog().find(id);
        if (stream.isEmpty()) {
            return unknown();
        }
        services.streams().choose(stream.get(), StreamsRoutes.ANYTHING, PROBE).close();
        return success(StreamJson.codecs(stream.get()));
    }

    /** {@code data=} the offer in base64; the answer likewise, bare. */
    @Post("/stream/{id}/channel/{channel}/webrtc")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.PATH, token = TokenUse.SESSION_START)
    HttpResponse<String> offer(HttpRequest<byte[]> request, String id, String channel) throws InterruptedException {
        Optional<String> source = source(id, channel);
        if (source.isEmpty()) {
            return unknown();
        }
        String sdp;
        try {
            sdp = Forms.base64(Forms.field(request.getBody().orElse(new byte[0]), "data"));
        } catch (MalformedException e) {
            return failed(HttpStatus.BAD_REQUEST, e.reason());
        }
        Viewing.Outcome outcome = viewing.offer(
                Requests.principal(request),
                source.get(),
                Optional.empty(),
                sdp,
                Requests.door(request, false),
                new SilentListener());
        return switch (outcome) {
            case Viewing.Outcome.Answered(AnsweredOffer answered) ->
                Answers.text(
                        HttpStatus.OK,
                        Base64.getEncoder().encodeToString(answered.sdp().getBytes(StandardCharsets.UTF_8)));
            case Viewing.Outcome.UnknownStream u -> unknown();
            case Viewing.Outcome.Malformed malformed -> failed(HttpStatus.BAD_REQUEST, malformed.sentence());
            case Viewing.Outcome.Refused no -> no.on(failed(no.status(), no.sentence()));
        };
    }

    private Optional<String> source(String id, String channel) {
        Optional<LiveStream> stream = services.catalog().find(id);
        if (channel.equals(ALL_SOURCES)) {
            return stream.map(LiveStream::name);
        }
        return stream.flatMap(known -> channel.matches("\\d{1,2}")
                ? known.sourceTexts().stream().skip(Integer.parseInt(channel)).findFirst()
                : Optional.empty());
    }

    private JsonObject describe(HttpRequest<?> request, LiveStream stream) {
        boolean exact = Requests.principal(request).role().seesAddresses();
        JsonObject.Builder channels = JsonObject.builder();
        List<String> sources = stream.sourceTexts();
        for (int i = 0; i < sources.size(); i++) {
            channels.put(
                    String.valueOf(i),
                    JsonObject.builder()
                            .put("name", "ch" + (i + 1))
                            .put(
                                    "url",
                                    exact
                                            ? sources.get(i)
                                            : services.redactions().text(sources.get(i)))
                            .build());
        }
        return JsonObject.builder()
                .put("name", stream.name())
                .put("channels", channels.build())
                .build();
    }

    private static List<String> channels(byte[] body) throws MalformedException {
        if (!(Json.parse(body) instanceof JsonObject json)) {
            throw new MalformedException("The body must be an object with name and channels.");
        }
        TreeMap<Integer, String> sources = new TreeMap<>();
        for (var channel :
                json.object("channels").orElse(JsonObject.empty()).members().entrySet()) {
            if (!channel.getKey().matches("\\d{1,2}")
                    || !(channel.getValue() instanceof JsonObject facts)
                    || facts.string("url").isEmpty()) {
                throw new MalformedException("A channel is a number with an object that has a url.");
            }
            sources.put(Integer.valueOf(channel.getKey()), facts.string("url").orElseThrow());
        }
        if (sources.isEmpty()) {
            throw new MalformedException("The stream has no channel: {\"channels\":{\"0\":{\"url\":\"rtsp://…\"}}}.");
        }
        return new ArrayList<>(sources.values());
    }

    private static HttpResponse<String> done(Optional<Refusal> refusal) {
        return refusal.<HttpResponse<String>>map(no -> failed(HttpStatus.valueOf(no.status()), no.sentence()))
                .orElseGet(() -> success(new JsonString("success")));
    }

    private static HttpResponse<String> success(JsonValue payload) {
        return Answers.json(
                JsonObject.builder().put("status", 1).put("payload", payload).build());
    }

    private static HttpResponse<String> unknown() {
        return failed(
                HttpStatus.NOT_FOUND,
                "There is no stream or channel of this name: add it first by POST /stream/<name>/add.");
    }

    private static HttpResponse<String> byPost() {
        return failed(HttpStatus.METHOD_NOT_ALLOWED, "A browser does this by POST.");
    }

    private static MutableHttpResponse<String> failed(HttpStatus status, String sentence) {
        return Dialect.RTSP_TO_WEB.say(status, sentence);
    }
}
