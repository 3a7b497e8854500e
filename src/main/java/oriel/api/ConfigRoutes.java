package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.access.Right;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.config.ConfigException;
import oriel.config.ConfigReload;
import oriel.config.ConfigReview;
import oriel.config.MovingException;
import oriel.config.MovingIn;
import oriel.config.ReloadReport;

/** Reading the configuration again, and moving in from go2rtc. For administrators. */
@Controller("/api/oriel")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConfigRoutes {
    private static final String PASTED = "text";

    private final ConfigReload reload;
    private final MovingIn moving;

    ConfigRoutes(ApiServices services) {
        this.reload = services.reload();
        this.moving = services.moving();
    }

    /** Reads the configuration again and says what changed; 400 with what is wrong, and the one before goes on. */
    @Post("/reload")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<?> reload() {
        try {
            return Answers.json(json(reload.reload()).build());
        } catch (ConfigException e) {
            List<String> lines = e.lines().stream().map(reload::redacted).toList();
            return Answers.json(
                    HttpStatus.BAD_REQUEST,
                    JsonObject.builder()
                            .put("error", "The configuration before goes on. " + lines.getFirst())
                            .put("code", "config")
                            .put("problems", JsonArray.ofStrings(lines))
                            .build());
        }
    }

    /** What lies in Home Assistant's folder, and what works of it. */
    @Get("/moving")
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<?> look() {
        JsonObject.Builder json = JsonObject.builder();
        try {
            Optional<MovingIn.Found> found = moving.look();
            json.put("found", found.isPresent());
            moving.ownPlace().map(Path::toString).ifPresent(own -> json.put("own", own));
            found.ifPresent(f -> {
                json.put("path", f.home().path().toString());
                json.put("used", f.home().used());
                json.put("adoptable", f.obstacle().isEmpty());
                f.obstacle().ifPresent(why -> json.put("why", reload.redacted(why)));
                json.put("rows", rows(f.review()));
            });
            return Answers.json(json.build());
        } catch (MovingException e) {
            return refused(e);
        }
    }

    /** {@code {"adopt":true}} copies what lies there to our own place; any other text is looked through and not kept. */
    @Post("/moving")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<?> move(HttpRequest<byte[]> request) {
        try {
            String body = Requests.text(request.getBody().orElse(new byte[0]));
            if (!Requests.contentType(request).equals(MediaType.APPLICATION_JSON)) {
                return review(body);
            }
            if (!(Json.parse(body) instanceof JsonObject json)) {
                return bad("The body must be an object with adopt or text.");
            }
            Optional<String> text = json.string(PASTED);
            if (text.isPresent()) {
                return review(text.get());
            }
            return json.bool("adopt").orElse(false)
                    ? adopt()
                    : bad("Write {\"adopt\": true}, or a text to look through.");
        } catch (MalformedException e) {
            return bad("The body cannot be read: " + e.reason() + ".");
        }
    }

    private HttpResponse<?> adopt() {
        try {
            ReloadReport report = moving.adopt();
            JsonObject.Builder json = json(report);
            moving.ownPlace().map(Path::toString).ifPresent(own -> json.put("path", own));
            return Answers.json(HttpStatus.CREATED, json.build());
        } catch (MovingException e) {
            return refused(e);
        }
    }

    private HttpResponse<?> review(String text) {
        ConfigReview review = moving.review(PASTED, text);
        return Answers.json(JsonObject.builder()
                .put("kind", review.frigate() ? "frigate" : "go2rtc")
                .put("usable", review.usable())
                .put("rows", rows(review))
                .build());
    }

    private JsonObject.Builder json(ReloadReport report) {
        return JsonObject.builder()
                .put(
                        "changes",
                        JsonArray.ofStrings(
                                report.changes().stream().map(reload::redacted).toList()))
                .put("restart", JsonArray.ofStrings(report.afterRestart()));
    }

    private JsonArray rows(ConfigReview review) {
        return new JsonArray(List.copyOf(review.rows().stream()
                .map(row -> JsonObject.builder()
                        .put("key", reload.redacted(row.key()))
                        .put("works", row.works().word())
                        .put("why", reload.redacted(row.why()))
                        .build())
                .toList()));
    }

    private static MutableHttpResponse<String> bad(String sentence) {
        return Answers.error(HttpStatus.BAD_REQUEST, sentence, "body");
    }

    private MutableHttpResponse<String> refused(MovingException e) {
        String sentence = reload.redacted(e.sentence());
        return switch (e.reason()) {
            case NOTHING_THERE -> Answers.error(HttpStatus.NOT_FOUND, sentence, "not-found");
            case TAKEN -> Answers.error(HttpStatus.CONFLICT, sentence, "taken");
            case NO_PLACE -> Answers.error(HttpStatus.CONFLICT, sentence, "no-place");
            case MISTAKE -> Answers.error(HttpStatus.BAD_REQUEST, sentence, "config");
            case DISK -> Answers.error(HttpStatus.valueOf(507), sentence, "disk");
        };
    }
}
