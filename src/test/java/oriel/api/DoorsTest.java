package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.config.Listen;
import oriel.config.Transport;
import oriel.testing.Proves;
import oriel.testing.TestOriel;

/** The doors as those who come hear them: logins, links, Home Assistant's users, and what stands on every answer. */
@Timeout(60)
class DoorsTest {
    private static final String ELSEWHERE = "X-Forwarded-For: 192.168.1.9";
    private static final String STREAMS =
            "{streams: {front: \"rtsp://127.0.0.1:1/front\", garden: \"rtsp://127.0.0.1:1/garden\"}}";

    @TempDir
    private Path folder = Path.of("");

    private static String basic(String user, String password) {
        return "\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject json(RawHttp answer) throws Exception {
        return (JsonObject) Json.parse(answer.body());
    }

    private RawHttp elsewhere(TestOriel oriel, String path, String headers) throws IOException {
        return RawHttp.send(oriel.port(), "GET", path, ELSEWHERE + headers, "");
    }

    @Test
    void firstStart_makesAPasswordThatOnlyTheOwnerCanRead() throws Exception {
        String word;
        try (TestOriel oriel = TestOriel.start(folder)) {
            Path file = folder.resolve("password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            word = Files.readString(file).strip();
            assertThat(word).hasSize(20);
            assertThat(elsewhere(oriel, "/api", "").status()).isEqualTo(401);
            assertThat(elsewhere(oriel, "/api", basic("admin", word)).status()).isEqualTo(200);
            assertThat(elsewhere(oriel, "/api", "\nAuthorization: Bearer " + word)
                            .status())
                    .isEqualTo(200);
            assertThat(elsewhere(oriel, "/api", basic("admin", word + "x")).status())
                    .isEqualTo(401);
        }
        try (TestOriel oriel = TestOriel.start(folder)) {
            assertThat(elsewhere(oriel, "/api", basic("admin", word)).status()).isEqualTo(200);
        }
        try (TestOriel oriel = TestOriel.start(folder, "api: {username: anna, password: other}")) {
            assertThat(elsewhere(oriel, "/api", basic("admin", word)).status()).isEqualTo(401);
            assertThat(elsewhere(oriel, "/api", basic("anna", "other")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusals_areSaidInTheShapeOfTheirRoute() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, STREAMS)) {
            RawHttp ours = elsewhere(oriel, "/api/oriel/me", "");
            assertThat(ours.status()).isEqualTo(401);
            assertThat(json(ours).string("code")).contains("sign-in");
            assertThat(json(ours).string("error")).isPresent();
            assertThat(ours.header("WWW-Authenticate")).contains("Basic realm=\"Oriel\", charset=\"UTF-8\"");
            // A page that asks by itself wants no window of the browser's before it.
            assertThat(elsewhere(oriel, "/api/oriel/me", "\nX-Oriel: 1").header("WWW-Authenticate"))
                    .isEmpty();
            assertThat(elsewhere(oriel, "/api/streams", "")
                            .header("Content-Type")
                            .orElseThrow())
                    .startsWith("text/plain");
            assertThat(elsewhere(oriel, "/api/nothing", "").status()).isEqualTo(401);
            assertThat(elsewhere(oriel, "/ui/app.js", "").status()).isEqualTo(200);
            assertThat(elsewhere(oriel, "/", "").status()).isEqualTo(200);
        }
    }

    @Test
    void wrongLogins_areSlowedDown() throws Exception {
        try (TestOriel oriel =
                TestOriel.start(folder, "api: {password: word}", "oriel: {access: {trusted_proxies: [127.0.0.1]}}")) {
            for (int i = 0; i < 5; i++) {
                assertThat(elsewhere(oriel, "/api/oriel/me", basic("admin", "guess" + i))
                                .status())
                        .isEqualTo(401);
            }
            RawHttp slow = elsewhere(oriel, "/api/oriel/me", basic("admin", "word"));
            assertThat(slow.status()).isEqualTo(429);
            assertThat(Integer.parseInt(slow.header("Retry-After").orElseThrow()))
                    .isBetween(1, 20);
            assertThat(json(slow).string("code")).contains("slow-down");
            RawHttp other = RawHttp.send(
                    oriel.port(), "GET", "/api", "X-Forwarded-For: 192.168.1.10" + basic("admin", "word"), "");
            assertThat(other.status()).isEqualTo(200);
        }
    }

    @Test
    @Proves("S-123")
    void behindAProxy_aLoginIsAllItTakes() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, STREAMS, "api: {username: home, password: word}")) {
            // As Caddy and ngrok hand requests on: the name that was asked stays, and the browser's origin with it.
            String caddy = "GET /api/streams HTTP/1.1\nHost: cams.example.org\nX-Forwarded-For: 203.0.113.9\n"
                    + "X-Forwarded-Proto: https\nOrigin: https://cams.example.org";
            assertThat(RawHttp.send(oriel.port(), caddy, "").status()).isEqualTo(401);
            assertThat(RawHttp.send(oriel.port(), caddy + basic("home", "word"), "")
                            .status())
                    .isEqualTo(200);
            assertThat(RawHttp.send(
                                    oriel.port(),
                                    caddy.replace("https://cams", "https://evil") + basic("home", "word"),
                                    "")
                            .status())
                    .isEqualTo(403);
        }
        String nginx = "GET /api/streams HTTP/1.1\nHost: 127.0.0.1:1984\nX-Forwarded-For: 203.0.113.9\n"
                + "X-Forwarded-Host: cams.example.org\nOrigin: https://cams.example.org" + basic("home", "word");
        String[] config = {STREAMS, "api: {username: home, password: word}"};
        try (TestOriel oriel = TestOriel.start(folder, config)) {
            assertThat(RawHttp.send(oriel.port(), nginx, "").status()).isEqualTo(403);
        }
        try (TestOriel oriel =
                TestOriel.start(folder, config[0], config[1], "oriel: {access: {trusted_proxies: [127.0.0.0/8]}}")) {
            assertThat(RawHttp.send(oriel.port(), nginx, "").status()).isEqualTo(200);
        }
    }

    @Test
    void users_areThoseOfTheConfiguration_withoutTheirPasswords() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                folder,
                "api: {username: home, password: a long word}",
                "oriel: {access: {users: {anna: {role: viewer, streams: [front], password: annas word},"
                        + " ben: {role: none}}}}")) {
            String users = RawHttp.send(oriel.port(), "GET", "/api/oriel/users", "", "")
                    .body();
            assertThat(users)
                    .isEqualTo("[{\"name\":\"home\",\"role\":\"admin\",\"streams\":null,\"password\":true},"
                            + "{\"name\":\"anna\",\"role\":\"viewer\",\"streams\":[\"front\"],\"password\":true},"
                            + "{\"name\":\"ben\",\"role\":\"none\",\"streams\":null,\"password\":false}]");
        }
    }

    @Test
    void me_saysWhoAsks() throws Exception {
        ListedUsers users = new ListedUsers().with("anna", HomeUser.Group.OTHER).with("owner", HomeUser.Group.OWNER);
        try (TestOriel oriel = TestOriel.start(
                folder,
                users,
                TestOriel.INGRESS,
                "webrtc: {ice_servers: [{urls: \"turn:h:3478\", username: u, credential: c}]}",
                "oriel: {access: {users: {anna: {role: operator, streams: [front]}}}}")) {
            JsonObject here = json(RawHttp.send(oriel.port(), "GET", "/api/oriel/me", "", ""));
            assertThat(here.string("role")).contains("admin");
            assertThat(here.string("door")).contains("api");
            assertThat(here.member("streams")).contains(new JsonNull());
            assertThat(here.array("ice_servers").orElseThrow().toString())
                    .isEqualTo("[{\"urls\":[\"turn:h:3478\"],\"username\":\"u\",\"credential\":\"c\"}]");

            String anna = "X-Remote-User-Id: anna\nX-Ingress-Path: ";
            JsonObject there = json(
                    RawHttp.send(oriel.ingressPort(), "GET", "/api/oriel/me", anna + "/api/hassio_ingress/t0ken", ""));
            assertThat(there.string("name")).contains("The anna");
            assertThat(there.string("role")).contains("operator");
            assertThat(there.string("door")).contains("ingress");
            assertThat(there.array("streams")).contains(JsonArray.ofStrings(List.of("front")));
            assertThat(there.string("ingress_path")).contains("/api/hassio_ingress/t0ken");
            JsonObject forged =
                    json(RawHttp.send(oriel.ingressPort(), "GET", "/api/oriel/me", anna + "//evil.example/\"><b>", ""));
            assertThat(forged.member("ingress_path")).isEmpty();
        }
    }

    @Test
    void firstPassword_isShownToAdministratorsOfHomeAssistantAlone() throws Exception {
        ListedUsers users = new ListedUsers().with("anna", HomeUser.Group.OTHER).with("owner", HomeUser.Group.OWNER);
        try (TestOriel oriel = TestOriel.start(folder, users, TestOriel.INGRESS)) {
            String path = "/api/oriel/password";
            RawHttp shown = RawHttp.send(oriel.ingressPort(), "GET", path, "X-Remote-User-Id: owner\nX-Oriel: 1", "");
            assertThat(json(shown).string("password"))
                    .contains(Files.readString(folder.resolve("password")).strip());
            assertThat(RawHttp.send(oriel.ingressPort(), "GET", path, "X-Remote-User-Id: anna\nX-Oriel: 1", "")
                            .status())
                    .isEqualTo(403);
            assertThat(RawHttp.send(oriel.port(), "GET", path, "", "").status()).isEqualTo(403);
        }
    }

    @Test
    void ingress_anotherPeer_isHungUpOnBeforeItIsRead() throws Exception {
        ListedUsers users = new ListedUsers().with("owner", HomeUser.Group.OWNER);
        try (TestOriel oriel =
                        TestOriel.start(folder, users, "oriel: {ingress: {listen: \"127.0.0.1:0\", peer: 127.0.0.2}}");
                Socket socket = new Socket("127.0.0.1", oriel.ingressPort())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(users.asked()).isZero();
            assertThat(oriel.get("/api/oriel/limits").body()).contains("\"ingress-peer\":1");
        }
    }

    @Test
    void ingress_anyHostAndNoLogin_butAUserOfHomeAssistant() throws Exception {
        ListedUsers users = new ListedUsers().with("anna", HomeUser.Group.OTHER);
        try (TestOriel oriel = TestOriel.start(folder, users, STREAMS, TestOriel.INGRESS)) {
            String head = "GET /api/oriel/me HTTP/1.1\nHost: ha.example.org\nX-Forwarded-For: None, 203.0.113.9";
            assertThat(RawHttp.send(oriel.ingressPort(), head, "").status()).isEqualTo(403);
            RawHttp page = RawHttp.send(oriel.ingressPort(), head + "\nX-Remote-User-Id: anna", "");
            assertThat(page.status()).isEqualTo(200);
            users.away(true);
            RawHttp change = RawHttp.send(
                    oriel.ingressPort(), "PUT", "/api/preload?src=front", "X-Remote-User-Id: anna\nX-Oriel: 1", "");
            assertThat(change.status()).isEqualTo(403);
        }
    }

    @Test
    void ingress_coreAway_adminsAreToldWhy() throws Exception {
        ListedUsers users = new ListedUsers().with("owner", HomeUser.Group.OWNER);
        users.away(true);
        try (TestOriel oriel = TestOriel.start(folder, users, TestOriel.INGRESS)) {
            RawHttp answer = RawHttp.send(
                    oriel.ingressPort(), "DELETE", "/api/links?id=x", "X-Remote-User-Id: owner\nX-Oriel: 1", "");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(json(answer).string("error").orElseThrow()).contains("Home Assistant");
        }
    }

    @Test
    void ingress_opensAtRunTime_inPlaceOfTheOneBefore() throws Exception {
        ListedUsers users = new ListedUsers().with("anna", HomeUser.Group.OTHER);
        try (TestOriel oriel = TestOriel.start(folder, users, TestOriel.INGRESS)) {
            int before = oriel.ingressPort();
            oriel.server().openIngress(new Listen("127.0.0.1", 0, Transport.TCP));
            assertThat(oriel.ingressPort()).isNotEqualTo(before);
            assertThat(RawHttp.send(oriel.ingressPort(), "GET", "/api", "X-Remote-User-Id: anna", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void links_areMadeListedAndRevoked_andOutliveARestart() throws Exception {
        String token;
        String id;
        try (TestOriel oriel = TestOriel.start(folder, STREAMS)) {
            RawHttp made =
                    RawHttp.send(oriel.port(), "POST", "/api/links", "", "{\"stream\":\"front\",\"seconds\":3600}");
            assertThat(made.status()).isEqualTo(201);
            token = json(made).string("token").orElseThrow();
            id = json(made).string("id").orElseThrow();
            assertThat(json(made).string("url"))
                    .contains("http://127.0.0.1:" + oriel.port() + "/stream.html?src=front&token=" + token);
            assertThat(oriel.get("/api/links").body()).contains(id, "front").doesNotContain(token);
            for (String body : List.of(
                    "", "[]", "{\"stream\":\"front\",\"seconds\":0}", "{\"stream\":\"front\",\"seconds\":2592001}")) {
                assertThat(RawHttp.send(oriel.port(), "POST", "/api/links", "", body)
                                .status())
                        .as(body)
                        .isIn(400, 404);
            }
            assertThat(RawHttp.send(oriel.port(), "POST", "/api/links", "", "{\"stream\":\"no\"}")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(Files.readString(folder.resolve("state.json"))).doesNotContain(token);
        try (TestOriel oriel = TestOriel.start(folder, STREAMS)) {
            String behind = "&token=" + token;
            assertThat(elsewhere(oriel, "/stream.html?src=front" + behind, "").status())
                    .isEqualTo(200);
            assertThat(elsewhere(oriel, "/stream.html?src=garden" + behind, "").status())
                    .isEqualTo(403);
            assertThat(elsewhere(oriel, "/api/streams?src=front" + behind, "").status())
                    .isEqualTo(401);
            assertThat(elsewhere(oriel, "/api/streams", "\nAuthorization: Bearer " + token)
                            .status())
                    .isEqualTo(401);
            assertThat(oriel.call("DELETE", "/api/links?id=" + id).statusCode()).isEqualTo(204);
            assertThat(oriel.call("DELETE", "/api/links?id=" + id).statusCode()).isEqualTo(404);
            assertThat(elsewhere(oriel, "/stream.html?src=front" + behind, "").status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /ui/app.js",
                "GET /stream.html",
                "GET /api",
                "GET /api/streams",
                "GET /api/nothing",
                "GET /livez",
                "DELETE /api/schemes",
                "GET /api/oriel/me",
                "POST /api/webrtc",
                "OPTIONS /api/webrtc",
                "GET /%2e%2e/x",
                "GET /api/ws"
            })
    void everyAnswer_hasTheSafeHeaders(String request) throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, STREAMS)) {
            String method = request.substring(0, request.indexOf(' '));
            String path = request.substring(request.indexOf(' ') + 1);
            for (String headers : List.of("Accept: */*", ELSEWHERE, "Origin: http://evil.example")) {
                safe(RawHttp.send(oriel.port(), method, path, headers, ""));
            }
            safe(RawHttp.send(oriel.port(), method + " " + path + " HTTP/1.1\nHost: evil.example", ""));
            safe(RawHttp.send(oriel.port(), method, path, "X-Long: " + "x".repeat(20_000), ""));
        }
    }

    private static void safe(RawHttp answer) {
        assertThat(answer.header("X-Content-Type-Options")).as(answer.head()).contains("nosniff");
        assertThat(answer.header("Referrer-Policy")).as(answer.head()).contains("no-referrer");
        assertThat(answer.header("Content-Security-Policy").orElse(""))
                .as(answer.head())
                .startsWith("default-src 'none'")
                .contains("frame-ancestors");
        Optional<String> cache = answer.header("Cache-Control");
        assertThat(cache).as(answer.head()).isPresent();
    }

    @Test
    void pageOfAnAllowedSite_mayAskBeforeItLogsIn() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "api: {origin: \"http://nvr.lan:8012\", password: word}")) {
            String ask = ELSEWHERE + "\nOrigin: http://nvr.lan:8012\nAccess-Control-Request-Method: POST";
            RawHttp yes = RawHttp.send(oriel.port(), "OPTIONS", "/api/webrtc", ask, "");
            assertThat(yes.status()).isEqualTo(204);
            assertThat(yes.header("Access-Control-Allow-Headers").orElseThrow()).contains("Authorization");
            RawHttp no = RawHttp.send(oriel.port(), "OPTIONS", "/api/webrtc", ask.replace("nvr.lan", "evil.lan"), "");
            assertThat(no.status()).isEqualTo(403);
        }
    }
}
