package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.base.Json;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.testing.OrielProcess;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.homeassistant.FakeHomeAssistant;
import oriel.testing.homeassistant.FakeUser;
import oriel.testing.homeassistant.IngressRig;

/** Oriel's process as an app of Home Assistant, seen through both hops of its front end. */
class IngressRigIT extends CameraScene {
    private static final FakeUser ANNA = FakeUser.owner("anna");
    private static final FakeUser BOB = FakeUser.user("bob");
    private static final String KITCHEN = "Küche";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] OURS = {"X-Oriel", "1"};
    private static final String[] NO_HEADERS = {};

    @TempDir
    private static Path folder;

    private static SimulatedCamera camera;
    private static FakeHomeAssistant home;
    private static OrielProcess oriel;
    private static int port;
    private static IngressRig rig;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        camera = camera();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        home = FakeHomeAssistant.start();
        home.user(BOB);
        home.self("ingress_port", JsonNumber.of(port));
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.put("ORIEL_DATA", folder.toString());
        oriel = OrielProcess.in(folder)
                .environment(environment)
                .start(
                        "-c",
                        "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"}}",
                        "-c",
                        "{streams: {\"" + KITCHEN + "\": \"" + camera.url() + "\", Bedroom: \"" + camera.url()
                                + "\", \"yard%201\": \"" + camera.url() + "\"}}",
                        "-c",
                        "{oriel: {ingress: {peer: 127.0.0.1}," + " access: {users: {bob: {role: viewer, streams: [\""
                                + KITCHEN + "\"]}}}}}");
        // It is the Supervisor alone that said which port.
        assertThat(oriel.awaitLine("\\[api\\] ingress addr")).endsWith(":" + port);
        rig = IngressRig.inFrontOf(port);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {http, rig, oriel, home, camera}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static HttpResponse<String> ask(FakeUser user, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rig.address() + path))
                .timeout(PATIENCE)
                .header("Cookie", IngressRig.COOKIE + "=" + rig.session(user))
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonObject me(FakeUser user, String... headers) throws Exception {
        return (JsonObject)
                Json.parse(ask(user, "GET", "/api/oriel/me", "", headers).body());
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElse("");
    }

    private static Cookie cookie(FakeUser user) {
        return new Cookie(IngressRig.COOKIE, rig.session(user)).setUrl(rig.address() + "/");
    }

    private static PageUnderTest page(FakeUser user) {
        PageUnderTest page = new PageUnderTest(browser, rig.address() + "/", 1280, 800);
        page.raw().context().addCookies(List.of(cookie(user)));
        return page.go("");
    }

    @Test
    void page_throughBothHops_playsEveryCameraForTheOwner_andAsksForNothingElsewhere() throws Exception {
        try (PageUnderTest page = page(ANNA)) {
            for (String name : List.of(KITCHEN, "Bedroom", "yard%201")) {
                page.awaitState(page.tile(name), "Live");
                page.awaitRisingNumber(page.tile(name));
            }
            page.tile(KITCHEN).click();
            page.awaitRisingNumber(page.player());
            assertThat(page.asked()).anyMatch(url -> url.contains("/api/ws?src="));
            page.assertClean();
        }
        assertThat(camera.connections()).isEqualTo(1);
    }

    @Test
    void page_throughBothHops_showsAViewerTheOneCameraThatIsHis() throws Exception {
        try (PageUnderTest page = page(BOB)) {
            page.awaitState(page.tile(KITCHEN), "Live");
            page.awaitRisingNumber(page.tile(KITCHEN));
            assertThat(page.everything()).doesNotContain("Bedroom").doesNotContain("yard");
            page.assertClean();
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void picture_isSignalledThroughBothHops_andComesByItself(Door door) {
        try (BrowserPage page = browser.page()) {
            page.page().context().addCookies(List.of(cookie(BOB)));
            BrowserPlayer player = BrowserPlayer.play(page, rig.address(), KITCHEN, door, false);
            player.awaitPicture();
            player.awaitDecoded(10);
            assertThat(player.errors()).isEmpty();
            player.stop();

            BrowserPlayer refused = BrowserPlayer.play(page, rig.address(), "Bedroom", door, false);
            assertThat(refused.problem()).isNotEmpty();
        }
    }

    /** The hops keep few connections to us, so that one carries the requests of many users. */
    @Test
    void users_whoseRequestsShareAConnection_haveTheirOwnRolesAllTheSame() throws Exception {
        for (int i = 0; i < 3; i++) {
            JsonObject anna = me(ANNA);
            assertThat(text(anna, "role")).isEqualTo("admin");
            assertThat(text(anna, "door")).isEqualTo("ingress");
            assertThat(rig.address()).endsWith(text(anna, "ingress_path"));
            assertThat(text(anna, "ingress_path")).startsWith("/api/hassio_ingress/");
            JsonObject bob = me(BOB, "X-Remote-User-Id", ANNA.id());
            assertThat(text(bob, "role")).isEqualTo("viewer");
            assertThat(bob.array("streams").orElseThrow().toString()).contains(KITCHEN);
        }
        assertThat(ask(ANNA, "GET", "/api/streams", "").body()).contains(KITCHEN, "Bedroom");
        assertThat(ask(BOB, "GET", "/api/streams", "").body()).contains(KITCHEN).doesNotContain("Bedroom");
        assertThat(ask(BOB, "GET", "/api/frame.jpeg?src=Bedroom", "").statusCode())
                .isIn(403, 404);
    }

    @Test
    void change_thatAForeignPageCouldAskFor_isRefused() throws Exception {
        String links = "/api/links";
        String wish = "{\"stream\":\"Bedroom\"}";
        assertThat(ask(ANNA, "POST", links, wish, "Content-Type", "text/plain").statusCode())
                .isEqualTo(403);
        assertThat(ask(ANNA, "POST", links, wish, NO_HEADERS).statusCode()).isEqualTo(403);
        assertThat(ask(ANNA, "PUT", "/api/preload?src=Bedroom", "").body()).contains("X-Oriel");
        assertThat(ask(BOB, "POST", links, wish, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(403);

        HttpResponse<String> made = ask(ANNA, "POST", links, wish, "Content-Type", "application/json");
        assertThat(made.statusCode()).isEqualTo(201);
        String id = text((JsonObject) Json.parse(made.body()), "id");
        assertThat(ask(ANNA, "DELETE", links + "?id=" + id, "").statusCode()).isEqualTo(403);
        assertThat(ask(ANNA, "DELETE", links + "?id=" + id, "", OURS).statusCode())
                .isEqualTo(204);
    }

    @Test
    void whoHomeAssistantDoesNotKnow_isNobody() throws Exception {
        assertThat(ask(FakeUser.admin("mallory"), "GET", "/api/streams", "").statusCode())
                .isEqualTo(403);
        HttpRequest noCookie = HttpRequest.newBuilder(URI.create(rig.address() + "/"))
                .timeout(PATIENCE)
                .build();
        assertThat(http.send(noCookie, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    /** It is open on every address, because the Supervisor comes by one of ours that we do not know. */
    @Test
    void anotherPeerThanTheSupervisor_isHungUpOn() throws Exception {
        assumeThat(System.getProperty("os.name"))
                .as("127.0.0.2 is an address of this machine")
                .isEqualTo("Linux");
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(20_000);
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
            socket.getOutputStream()
                    .write(("GET /api/oriel/me HTTP/1.1\r\nHost: x\r\nX-Remote-User-Id: " + ANNA.id() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(ask(ANNA, "GET", "/api/oriel/limits", "", OURS).body()).contains("\"ingress-peer\":1");
    }

    private static byte[] answer(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // Reset, with what was sent unread.
        }
    }

    /** In the app, programs of the same machine are other apps as well: they get what Home Assistant needs. */
    @Test
    void loopback_inTheApp_isHomeAssistantsIntegration_andNoAdmin() throws Exception {
        assertThat(text((JsonObject) Json.parse(oriel.get("/api/oriel/me").body()), "role"))
                .isEqualTo("integration");
        assertThat(oriel.get("/api").statusCode()).isEqualTo(200);
        assertThat(oriel.get("/api/schemes").statusCode()).isEqualTo(200);
        assertThat(oriel.call("PUT", "/api/streams?name=camera.door&src=rtsp://127.0.0.1:9/a")
                        .statusCode())
                .isEqualTo(200);
        assertThat(oriel.call("DELETE", "/api/streams?src=camera.door").statusCode())
                .isEqualTo(403);
        assertThat(oriel.get("/api/links").statusCode()).isEqualTo(403);
        assertThat(oriel.get("/api/oriel/limits").statusCode()).isEqualTo(403);
        assertThat(oriel.call("POST", "/api/oriel/reload").statusCode()).isEqualTo(403);
    }
}
