package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import oriel.access.Refusal;
import oriel.access.Right;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.base.StreamName;
import oriel.media.MediaKind;
import oriel.stream.LiveStream;
import oriel.stream.TrackWish;

/** {@code /api/streams}: go2rtc's list of streams, and what changes it. Answers at once, whatever the cameras do. */
@Controller("/api/streams")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StreamsRoutes {
    /** How long a client that asks for a stream's tracks waits for an idle camera. */
    private static final Duration PROBE = Duration.ofMillis(900);

    /** Any picture and any sound, for whoever only wants to know. */
    static final List<TrackWish> ANYTHING =
            List.of(new TrackWish(MediaKind.VIDEO, f -> true, true), new TrackWish(MediaKind.AUDIO, f -> true, true));

    private final ApiServices services;
    private final Adding adding;

    StreamsRoutes(ApiServices services) {
        this.services = services;
        this.adding = new Adding(services);
    }

    @Get
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY)
    HttpResponse<String> list(HttpRequest<?> request) throws InterruptedException {
        StreamJson json = StreamJson.of(services, Requests.principal(request));
        Optional<String> src = Requests.query(request, "src");
        if (src.isEmpty()) {
            return Answers.json(json.all());
        }
        Optional<LiveStream> stream = services.catalog().find(src.get());
        if (stream.isEmpty()) {
            return Answers.unknownStream();
        }
        if (List.of("video", "audio", "microphone").stream()
                .anyMatch(kind -> request.getParameters().contains(kind))) {
            // Whoever asks which tracks there are wants the camera looked at; what is not known in time is left out.
            services.streams().choose(stream.get(), ANYTHING, PROBE).close();
        }
        return Answers.json(json.one(stream.get()));
    }

    @Put
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.ROUTE)
    HttpResponse<?> put(HttpRequest<?> request) {
        List<String> sources = Requests.queries(request, "src");
        Optional<String> name = Requests.query(request, "name")
                .or(() -> sources.stream().findFirst().flatMap(StreamName::fromSource));
        return add(request, name, sources);
    }

    @Patch
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.ROUTE)
    HttpResponse<?> patch(HttpRequest<?> request) {
        return add(request, Requests.query(request, "name"), Requests.queries(request, "src"));
    }

    /** Adds by query, or by the body {@code {"name":…,"src":…}}, where {@code src} is one source or a list. */
    @Post
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.ROUTE)
    HttpResponse<?> post(HttpRequest<byte[]> request) {
        if (request.getParameters().contains("dst")) {
            return Answers.text(
                    HttpStatus.NOT_IMPLEMENTED, "This version of Oriel does not play to cameras or publish streams.");
        }
        byte[] body = request.getBody().orElse(new byte[0]);
        if (body.length == 0) {
            return put(request);
        }
        try {
            if (!(Json.parse(body) instanceof JsonObject json)) {
                return Answers.text(HttpStatus.BAD_REQUEST, "The body must be an object with name and src.");
            }
            List<String> sources = json.string("src")
                    .map(List::of)
                    .or(() -> json.strings("src"))
                    .orElse(List.of());
            json.string("name").ifPresent(name -> AuditLog.about(request, name));
            return add(request, json.string("name"), sources);
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, "The body is not JSON: " + e.reason() + ".");
        }
    }

    @Delete
    @Consumes(MediaType.ALL)
    @Needs(value = Right.OPERATE, stream = StreamIn.QUERY)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Optional<String> name = Requests.query(request, "src");
        if (name.isEmpty()) {
            return Answers.text(HttpStatus.BAD_REQUEST, "Name the stream to delete by src=.");
        }
        return done(adding.remove(Requests.principal(request), name.get()));
    }

    private HttpResponse<?> add(HttpRequest<?> request, Optional<String> name, List<String> sources) {
        if (sources.isEmpty() || name.isEmpty()) {
            return Answers.text(
                    HttpStatus.BAD_REQUEST, "A stream needs a name (name=) and at least one source (src=).");
        }
        return done(adding.add(Requests.principal(request), name.get(), sources));
    }

    private static HttpResponse<?> done(Optional<Refusal> refusal) {
        return refusal.<HttpResponse<?>>map(no -> Answers.text(HttpStatus.valueOf(no.status()), no.sentence()))
                .orElseGet(Answers::empty);
    }
}
