package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import oriel.access.Door;
import oriel.access.IngressDoor;
import oriel.access.Principal;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.config.GatewayConfig;
import oriel.config.IceServer;
import oriel.config.UserRole;
import oriel.stream.LiveStream;

/** Our own routes for the page. */
@Controller("/api/oriel")
final class OrielRoutes {
    /** Whose password the first one is. */
    static final String FIRST_USER = "admin";

    private final ApiServices services;

    OrielRoutes(ApiServices services) {
        this.services = services;
    }

    /**
     * Who asks: {@code name, role, door}, {@code streams} (the only ones there are for them, or null), the ICE servers
     * that a browser may use, and, through Home Assistant, the path that all addresses there begin with. A link's token asks
     * too, for its player needs the servers.
     */
    @Get("/me")
    @Needs(value = Right.KNOWN, stream = StreamIn.NONE, token = TokenUse.PAGE)
    HttpResponse<String> me(HttpRequest<?> request) {
        Principal who = Requests.principal(request);
        JsonObject.Builder me = JsonObject.builder()
                .put("name", who.name())
                .put("role", who.role().word())
                .put("door", who.door().word())
                .put("streams", streams(who.streams().names()))
                .put(
                        "ice_servers",
                        new JsonArray(services.iceServers().get().stream()
                                .map(OrielRoutes::server)
                                .toList()));
        if (who.door() == Door.INGRESS) {
            IngressDoor.path(request.getHeaders().getAll("X-Ingress-Path"))
                    .ifPresent(path -> me.put("ingress_path", path));
        }
        return Answers.json(me.build());
    }

    /**
     * Who may come in by the configuration: {@code name}, {@code role}, {@code streams} (the only ones there are for them,
     * or null) and {@code password}, whether they log in by one; else Home Assistant says that it is them.
     */
    @Get("/users")
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<String> users() {
        GatewayConfig config = services.reload().current().config();
        List<JsonValue> users = new ArrayList<>();
        config.api().login().ifPresent(login -> users.add(user(login.name(), UserRole.ADMIN, new JsonNull(), true)));
        config.oriel()
                .access()
                .users()
                .forEach((name, user) -> users.add(user(
                        name,
                        user.role(),
                        streams(user.streams()),
                        user.password().isPresent())));
        return Answers.json(new JsonArray(users));
    }

    private static JsonObject user(String name, UserRole role, JsonValue streams, boolean password) {
        return JsonObject.builder()
                .put("name", name)
                .put("role", role.name().toLowerCase(Locale.ROOT))
                .put("streams", streams)
                .put("password", password)
                .build();
    }

    private static JsonValue streams(Optional<Set<String>> names) {
        return names.<JsonValue>map(only -> JsonArray.ofStrings(new TreeSet<>(only)))
                .orElseGet(JsonNull::new);
    }

    /** The login that Oriel made by itself, for administrators who come through Home Assistant: they cannot read its log. */
    @Get("/password")
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<String> firstPassword(HttpRequest<?> request) {
        if (Requests.principal(request).door() != Door.INGRESS) {
            return Answers.error(HttpStatus.FORBIDDEN, "It is shown through Home Assistant alone.", "no-permission");
        }
        return services.firstPassword()
                .get()
                .map(word -> (HttpResponse<String>) Answers.json(JsonObject.builder()
                        .put("user", FIRST_USER)
                        .put("password", word.reveal())
                        .build()))
                .orElseGet(() -> Answers.error(
                        HttpStatus.NOT_FOUND,
                        "The configuration names the logins, so there is no other.",
                        "not-found"));
    }

    private static JsonValue server(IceServer server) {
        JsonObject.Builder json = JsonObject.builder().put("urls", JsonArray.ofStrings(server.urls()));
        server.credential()
                .ifPresent(
                        credential -> json.put("username", server.username()).put("credential", credential.reveal()));
        return json.build();
    }

    /** A person wants a camera that waits to be tried now. */
    @Post("/try")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY)
    HttpResponse<?> tryNow(HttpRequest<?> request) {
        Optional<LiveStream> stream = Requests.query(request, "src")
                .flatMap(name -> services.catalog().find(name));
        if (stream.isEmpty()) {
            return Answers.error(HttpStatus.NOT_FOUND, "There is no stream of this name.", "not-found");
        }
        stream.get().tryNow();
        return HttpResponse.noContent();
    }

    /** The chain from a camera's name to its tracks, for "Why is it not playing?". */
    @Get("/explain")
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY)
    HttpResponse<String> explain(HttpRequest<?> request) {
        return Requests.query(request, "src")
                .flatMap(name -> services.catalog().find(name))
                .map(stream -> Answers.json(masked(Explanation.of(stream))))
                .orElseGet(() -> Answers.error(HttpStatus.NOT_FOUND, "There is no stream of this name.", "not-found"));
    }

    // A camera may say back what it was sent.
    private JsonArray masked(JsonArray links) {
        List<JsonValue> shown = new ArrayList<>();
        for (JsonValue link : links.items()) {
            JsonObject.Builder copy = JsonObject.builder();
            ((JsonObject) link)
                    .members()
                    .forEach((name, value) -> copy.put(
                            name,
                            value instanceof JsonString text
                                    ? new JsonString(services.redactions().text(text.value()))
                                    : value));
            shown.add(copy.build());
        }
        return new JsonArray(shown);
    }
}
