package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.access.Door;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;

/**
 * Every route, as Micronaut's router knows them, asked by everybody there is, at each door, for a stream that is theirs, one
 * that is not, and one that is not there. Who may not come in hears 401 or 403 and nothing else; who may hears anything
 * but that.
 */
@Timeout(300)
class RouteMatrixTest {
    private static final String CONFIG = """
            {api: {username: admin, password: admin-word},
             streams: {front: "rtsp://127.0.0.1:1/front", garden: "rtsp://127.0.0.1:1/garden"},
             preload: {front: video, garden: video},
             oriel: {
               ingress: {listen: "127.0.0.1:0", peer: 127.0.0.1},
               access: {
                 trusted_proxies: [127.0.0.1],
                 users: {
                   oskar: {role: operator, password: oskar-word},
                   ole: {role: operator, streams: [front], password: ole-word},
                   vera: {role: viewer, password: vera-word},
                   vito: {role: viewer, streams: [front], password: vito-word},
                   ines: {role: integration, password: ines-word},
                   nils: {role: none, password: nils-word},
                   ha-operator: {role: operator},
                   ha-front: {role: viewer, streams: [front]},
                   ha-none: {role: none}}}}}""";
    private static final Set<Integer> KEPT_OUT = Set.of(401, 403, 421, 429);
    private static final List<String> STREAMS = List.of("front", "garden", "missing");
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @TempDir
    private static Path folder = Path.of("");

    private static TestOriel oriel;
    private static String shared = "";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        ListedUsers users = new ListedUsers()
                .with("owner", HomeUser.Group.OWNER)
                .with("boss", HomeUser.Group.ADMINISTRATOR)
                .with("anna", HomeUser.Group.OTHER)
                .with("ha-operator", HomeUser.Group.OTHER)
                .with("ha-front", HomeUser.Group.OTHER)
                .with("ha-none", HomeUser.Group.OTHER);
        oriel = TestOriel.start(folder, users, CONFIG);
        shared = link("{\"stream\":\"front\"}");
    }

    @AfterAll
    static void stop() {
        oriel.close();
        HTTP.close();
    }

    private static List<Visitor> visitors() {
        return List.of(
                Visitor.other("this machine", Visitor.ADMIN, Map.of("X-Direct", "1")),
                Visitor.login("admin", Visitor.ADMIN),
                Visitor.login("oskar", Visitor.OPERATOR),
                Visitor.login("ole", Visitor.OPERATOR, "front"),
                Visitor.login("vera", Visitor.VIEWER),
                Visitor.login("vito", Visitor.VIEWER, "front"),
                Visitor.login("ines", Visitor.INTEGRATION),
                Visitor.login("nils", Visitor.NOBODY),
                Visitor.login("stranger", Visitor.NOBODY),
                Visitor.other("without a login", Visitor.NOBODY, Map.of()),
                // What only the Supervisor may say, said to the API.
                Visitor.other(
                        "with the Supervisor's headers",
                        Visitor.NOBODY,
                        Map.of("X-Remote-User-Id", "owner", "X-Ingress-Path", "/api/hassio_ingress/x")),
                Visitor.linked("share link", Visitor.Link.SHARE, "front", () -> shared),
                Visitor.linked(
                        "one-use token",
                        Visitor.Link.ONCE,
                        "front",
                        () -> link("{\"stream\":\"front\",\"once\":true}")),
                Visitor.ingress("owner", Visitor.ADMIN),
                Visitor.ingress("boss", Visitor.ADMIN),
                Visitor.ingress("anna", Visitor.VIEWER),
                Visitor.ingress("ha-operator", Visitor.OPERATOR),
                Visitor.ingress("ha-front", Visitor.VIEWER, "front"),
                Visitor.ingress("ha-none", Visitor.NOBODY),
                Visitor.ingress("stranger", Visitor.NOBODY));
    }

    private static String link(String body) {
        try {
            HttpResponse<String> made = oriel.post("/api/links", "application/json", body);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            return ((JsonObject) Json.parse(made.body())).string("token").orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<UriRouteInfo<?, ?>> routes() {
        return oriel
                .server()
                .doors()
                .router()
                .uriRoutes()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                // The router names each twice, and a WebSocket once for each of its methods.
                .collect(Collectors.toMap(
                        route -> name(route) + " " + needs(route), route -> route, (one, same) -> one, TreeMap::new))
                .values()
                .stream()
                .<UriRouteInfo<?, ?>>map(route -> route)
                .toList();
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
    }

    private static RouteNeeds needs(UriRouteInfo<?, ?> route) {
        return RouteNeeds.of(route.getTargetMethod().getAnnotationMetadata()).orElseThrow();
    }

    /** What each route asks for: a change here is a change of who may do what. */
    @Test
    void routes_askForWhatIsWrittenHere() {
        Set<String> said = new TreeSet<>();
        for (UriRouteInfo<?, ?> route : routes()) {
            RouteNeeds needs = needs(route);
            said.add("%s: %s %s%s%s"
                    .formatted(
                            name(route),
                            needs.right(),
                            needs.stream(),
                            needs.token() == TokenUse.NONE ? "" : " " + needs.token(),
                            needs.page() ? " page" : ""));
        }
        assertThat(said)
                .containsExactlyElementsOf(new TreeSet<>(List.of(ROUTES.strip().split("\n"))));
    }

    /** The owners' page of our own routes, by which a new one cannot be forgotten. */
    @Test
    void docsApi_namesEachOfOurRoutes_andWhoMay() throws Exception {
        Set<String> written = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs", "api.md"))) {
            String[] cells = line.split("\\|");
            if (line.startsWith("| `")) {
                written.add(cells[1].strip().replace("`", "") + ": " + cells[2].strip());
            }
        }
        Set<String> there = new TreeSet<>();
        for (UriRouteInfo<?, ?> route : routes()) {
            String name = name(route);
            if (name.contains(" /api/oriel") || name.contains(" /api/links") || name.contains(" /api/hass")) {
                there.add(name + ": " + who(needs(route).right()));
            }
        }
        assertThat(written).containsExactlyElementsOf(there);
    }

    private static String who(Right right) {
        return switch (right) {
            case OPEN -> "anybody";
            case KNOWN -> "who is known";
            case VIEW -> "viewer";
            case ADD -> "integration";
            case OPERATE -> "operator";
            case ADMIN -> "admin";
        };
    }

    private static final String ROUTES = """
            DELETE /api/links: ADMIN NONE
            DELETE /api/preload: ADD QUERY
            DELETE /api/streams: OPERATE QUERY
            DELETE /api/webrtc: VIEW ROUTE SESSION
            DELETE /stream/{id}: OPERATE PATH
            GET /.base-path: OPEN NONE page
            GET /: OPEN NONE page
            GET /api/frame.jpeg: VIEW QUERY MEDIA
            GET /api/hass: VIEW ROUTE
            GET /api/info: KNOWN NONE
            GET /api/oriel/events: VIEW ROUTE EVENTS
            GET /api/oriel/explain: VIEW QUERY
            GET /api/oriel/home: ADMIN NONE
            GET /api/oriel/moving: ADMIN NONE
            POST /api/oriel/moving: ADMIN NONE
            POST /api/oriel/reload: ADMIN NONE
            GET /api/links: ADMIN NONE
            GET /api/oriel/limits: ADMIN NONE
            GET /api/oriel/me: KNOWN NONE PAGE
            GET /api/oriel/password: ADMIN NONE
            GET /api/oriel/users: ADMIN NONE
            GET /api/preload: VIEW ROUTE
            GET /api/schemes: KNOWN NONE
            GET /api/streams: VIEW QUERY
            GET /api/ws: VIEW QUERY SESSION_START
            GET /api: KNOWN NONE
            GET /health: OPEN NONE
            GET /livez: OPEN NONE
            GET /static: KNOWN NONE
            GET /stream.html: VIEW QUERY PAGE
            GET /stream/{id}/channel/{channel}/codec: VIEW PATH
            GET /stream/{id}/codec: VIEW PATH
            GET /stream/{id}/delete: OPERATE PATH
            GET /stream/{id}/info: VIEW PATH
            GET /stream/{id}/reload: ADD PATH
            GET /streams: VIEW ROUTE
            GET /ui/{+file}: OPEN NONE page
            GET /vendor/{+file}: OPEN NONE page
            GET /webrtc.html: VIEW QUERY PAGE
            GET /webrtc/{id}: VIEW PATH PAGE
            OPTIONS /api/webrtc: OPEN NONE
            OPTIONS /webrtc/{id}: OPEN NONE
            PATCH /api/streams: ADD ROUTE
            PATCH /api/webrtc: VIEW ROUTE SESSION
            POST /api/links: VIEW ROUTE
            POST /api/oriel/try: VIEW QUERY
            POST /api/streams: ADD ROUTE
            POST /api/webrtc: VIEW QUERY SESSION_START
            POST /stream/{id}/add: ADD PATH
            POST /stream/{id}/channel/{channel}/webrtc: VIEW PATH SESSION_START
            POST /stream/{id}/delete: OPERATE PATH
            POST /stream/{id}/edit: ADD PATH
            POST /stream/{id}/reload: ADD PATH
            POST /stream: VIEW ROUTE SESSION_START
            POST /webrtc/{id}: VIEW PATH SESSION_START
            PUT /api/preload: ADD QUERY
            PUT /api/streams: ADD ROUTE
            """;

    @Test
    void everyRoute_letsInWhoMay_andNobodyElse() throws Exception {
        List<String> gaps = new ArrayList<>();
        int asked = 0;
        for (UriRouteInfo<?, ?> route : routes()) {
            for (Visitor visitor : visitors()) {
                for (String stream : STREAMS) {
                    int status = ask(route, visitor, stream);
                    asked++;
                    boolean in = !KEPT_OUT.contains(status);
                    if (in != mayEnter(route, visitor, stream)) {
                        gaps.add(name(route) + " for " + visitor + " and " + stream + ": " + status);
                    }
                }
            }
        }
        assertThat(gaps).as("of " + asked).isEmpty();
        assertThat(asked).isGreaterThan(1500);
    }

    /** What ought to be, from what the route declares and the table of rights in {@link Visitor}. */
    private static boolean mayEnter(UriRouteInfo<?, ?> route, Visitor visitor, String stream) {
        RouteNeeds needs = needs(route);
        if (needs.right() == Right.OPEN) {
            return true;
        }
        boolean link = switch (visitor.link()) {
            case NO -> true;
            case SHARE -> needs.token() != TokenUse.NONE && needs.token() != TokenUse.EVENTS;
            case ONCE -> needs.token() == TokenUse.PAGE || needs.token() == TokenUse.SESSION_START;
        };
        boolean theirs = visitor.only().isEmpty()
                || !RouteRequests.isAboutAStream(needs, name(route))
                || visitor.only().get().equals(stream);
        boolean more = switch (name(route)) {
            // Those who come by Home Assistant alone are shown the first password.
            case "GET /api/oriel/password" -> visitor.door() == Door.INGRESS;
            // A program has its own login, and makes no links for others.
            case "POST /api/links" -> !visitor.name().equals("ines");
            // Those who could add all of them.
            case "GET /api/hass" ->
                visitor.rights().contains(Right.ADD) && visitor.only().isEmpty();
            default -> true;
        };
        return visitor.rights().contains(needs.right()) && link && theirs && more;
    }

    private static int ask(UriRouteInfo<?, ?> route, Visitor visitor, String stream) throws Exception {
        RouteRequests.Asked asked = RouteRequests.of(name(route), stream);
        String path = asked.path();
        if (visitor.token().isPresent()
                && (visitor.link() == Visitor.Link.SHARE || needs(route).token() != TokenUse.NONE)) {
            String token = visitor.token().get().get();
            path += (path.indexOf('?') < 0 ? "?" : "&") + "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        }
        int port = visitor.door() == Door.INGRESS ? oriel.ingressPort() : oriel.port();
        return asked.webSocket() ? upgrade(port, path, visitor) : send(port, path, asked, visitor);
    }

    private static int send(int port, String path, RouteRequests.Asked asked, Visitor visitor)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(asked.method(), BodyPublishers.ofString(asked.body()));
        if (!asked.type().isEmpty()) {
            request.header("Content-Type", asked.type());
        }
        headers(visitor).forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static int upgrade(int port, String path, Visitor visitor) throws InterruptedException {
        WebSocket.Builder socket = HTTP.newWebSocketBuilder();
        headers(visitor).forEach(socket::header);
        try {
            socket.buildAsync(URI.create("ws://127.0.0.1:" + port + path), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    // Each from an address of its own, for those who are wrong again and again would only be slowed down.
    private static Map<String, String> headers(Visitor visitor) {
        if (visitor.headers().containsKey("X-Direct")) {
            return Map.of();
        }
        if (visitor.door() == Door.INGRESS) {
            return visitor.headers();
        }
        int n = ADDRESSES.incrementAndGet();
        Map<String, String> headers = new HashMap<>(visitor.headers());
        headers.put("X-Forwarded-For", "10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255));
        return headers;
    }

    /** What is listed is what is theirs. */
    @Test
    void everyList_leavesOutWhatIsNotTheirs() throws Exception {
        for (String list : RouteRequests.LISTS) {
            for (Visitor visitor : visitors()) {
                if (!visitor.rights().contains(Right.VIEW) || visitor.link() != Visitor.Link.NO) {
                    continue;
                }
                int port = visitor.door() == Door.INGRESS ? oriel.ingressPort() : oriel.port();
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + list));
                headers(visitor).forEach(request::header);
                HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(visitor + " " + list).isEqualTo(200);
                assertThat(answer.body()).as(visitor + " " + list).contains("front");
                assertThat(answer.body().contains("garden"))
                        .as(visitor + " " + list)
                        .isEqualTo(visitor.only().isEmpty());
            }
        }
    }

    /** At the ingress door no other page can send what changes something: there any Host is accepted. */
    @Test
    void everyChange_throughHomeAssistant_needsJsonOrOurHeader() throws Exception {
        for (UriRouteInfo<?, ?> route : routes()) {
            RouteRequests.Asked asked = RouteRequests.of(name(route), "front");
            boolean safe = Set.of("GET", "OPTIONS").contains(asked.method())
                    && !needs(route).right().changes();
            if (safe) {
                continue;
            }
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + oriel.ingressPort() + asked.path()))
                        .method(asked.method(), BodyPublishers.ofString(asked.body()))
                        .header("X-Remote-User-Id", "owner")
                        .header("Content-Type", type)
                        .build();
                assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode())
                        .as(name(route) + " " + type)
                        .isEqualTo(403);
            }
        }
    }
}
