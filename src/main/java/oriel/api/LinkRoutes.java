package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.access.LinkTokens;
import oriel.access.Principal;
import oriel.access.Right;
import oriel.access.Role;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.state.StateFullException;

/**
 * {@code /api/links}: links that show one stream to whoever has them. Share links are an admin's to make, list and revoke;
 * a token for one session anybody may have who may view the stream, and one for the line that tells of all his streams:
 * browsers cannot send a login with a WebSocket.
 */
@Controller("/api/links")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LinkRoutes {
    private final ApiServices services;
    private final LinkTokens tokens;
    private final LinkAddress address;

    LinkRoutes(ApiServices services) {
        this.services = services;
        this.tokens = services.links();
        this.address = new LinkAddress(services);
    }

    @Post
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE)
    HttpResponse<?> make(HttpRequest<byte[]> request) {
        Principal who = Requests.principal(request);
        try {
            if (!(Json.parse(request.getBody().orElse(new byte[0])) instanceof JsonObject json)) {
                throw new MalformedException("The body must be an object with stream, and seconds or once");
            }
            boolean once = json.bool("once").orElse(false);
            if (once && json.member("stream").isEmpty()) {
                return forEvents(who);
            }
            String stream = json.string("stream").orElse("");
            if (!who.streams().allows(stream)) {
                return Answers.error(HttpStatus.FORBIDDEN, Adding.notTheirs().sentence(), "no-permission");
            }
            if (services.catalog().find(stream).isEmpty()) {
                return Answers.error(HttpStatus.NOT_FOUND, "There is no stream of this name.", "not-found");
            }
            AuditLog.about(request, stream);
            return once ? once(request, who, stream) : share(request, who, stream, json);
        } catch (MalformedException e) {
            return Answers.error(HttpStatus.BAD_REQUEST, e.reason() + ".", "protocol");
        }
    }

    /** Without their tokens, which nobody has but those they were given to. */
    @Get
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<String> list() {
        List<JsonValue> links = new ArrayList<>();
        tokens.links()
                .forEach((id, link) -> links.add(JsonObject.builder()
                        .put("id", id)
                        .put("stream", link.stream())
                        .put("expires", link.expires().toString())
                        .put("by", link.by())
                        .build()));
        return Answers.json(new JsonArray(links));
    }

    @Delete
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<?> revoke(HttpRequest<?> request) {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return Answers.error(HttpStatus.BAD_REQUEST, "Name the link by id=.", "protocol");
        }
        if (!tokens.revoke(id.get())) {
            return Answers.error(HttpStatus.NOT_FOUND, "There is no link of this id.", "not-found");
        }
        services.sessions().look(); // Whoever watches by it watches no longer.
        return HttpResponse.noContent();
    }

    private HttpResponse<?> once(HttpRequest<?> request, Principal who, String stream) {
        if (who.role() == Role.INTEGRATION) {
            return refused();
        }
        return tokens.once(stream, who)
                .<HttpResponse<?>>map(
                        issued -> created(issued, Optional.of(address.of(request, stream, issued.token()))))
                .orElseGet(LinkRoutes::tooMany);
    }

    private HttpResponse<?> forEvents(Principal who) {
        if (who.role() == Role.INTEGRATION) {
            return refused();
        }
        return tokens.onceForEvents(who)
                .<HttpResponse<?>>map(issued -> created(issued, Optional.empty()))
                .orElseGet(LinkRoutes::tooMany);
    }

    private static HttpResponse<?> tooMany() {
        return Answers.error(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many tokens wait to be used. Try again in a minute.",
                        "slow-down")
                .header("Retry-After", "60");
    }

    private HttpResponse<?> share(HttpRequest<?> request, Principal who, String stream, JsonObject json)
            throws MalformedException {
        if (who.role() != Role.ADMIN) {
            return refused();
        }
        long seconds = json.member("seconds").isEmpty()
                ? LinkTokens.STANDARD.toSeconds()
                : json.integer("seconds").orElseThrow(() -> new MalformedException("seconds must be a whole number"));
        if (seconds < 1 || seconds > LinkTokens.LONGEST.toSeconds()) {
            throw new MalformedException("A link lives 1 to " + LinkTokens.LONGEST.toSeconds() + " seconds");
        }
        try {
            LinkTokens.Issued issued = tokens.share(stream, who.name(), Duration.ofSeconds(seconds));
            AuditLog.tell(request, HttpStatus.CREATED.getCode());
            return created(issued, Optional.of(address.of(request, stream, issued.token())));
        } catch (StateFullException e) {
            return Answers.error(HttpStatus.SERVICE_UNAVAILABLE, "There are too many share links.", "server");
        }
    }

    private static HttpResponse<?> created(LinkTokens.Issued issued, Optional<String> url) {
        JsonObject.Builder body = JsonObject.builder()
                .put("id", issued.id())
                .put("token", issued.token().reveal());
        url.ifPresent(address -> body.put("url", address));
        return Answers.json(
                HttpStatus.CREATED,
                body.put("expires", issued.expires().toString()).build());
    }

    private static HttpResponse<?> refused() {
        return Answers.error(HttpStatus.FORBIDDEN, "Share links are made by an admin.", "no-permission");
    }
}
