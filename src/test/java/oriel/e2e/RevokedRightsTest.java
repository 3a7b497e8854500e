package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerOffer;

/** Who may no longer see a camera sees it no longer, though he had begun when he still might. */
class RevokedRightsTest extends ViewerScene {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(25);

    private static final Map<String, String> ELSEWHERE = Map.of("X-Forwarded-For", "192.168.1.9");

    private final SimulatedCamera door = camera(PICTURES.trackByHand());

    private Path file() {
        return folder.resolve("go2rtc.yaml");
    }

    private String yaml(String more) {
        return "streams:\n  door: " + door.url() + "\n" + more;
    }

    private TestOriel open(String more) throws Exception {
        Files.writeString(file(), yaml(more));
        return keep(TestOriel.startWithFile(folder, "go2rtc.yaml", "oriel.access.trusted_proxies=[127.0.0.1]"));
    }

    private static Map<String, String> login(String user, String password) {
        String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + both, "X-Forwarded-For", "192.168.1.9");
    }

    private RtpViewer watching(SignalingSocket socket) throws Exception {
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        socket.send("webrtc/offer", viewer.offer());
        viewer.answer(socket.awaitText("webrtc/answer"));
        viewer.awaitConnected();
        return viewer;
    }

    private void reload(TestOriel oriel, String more) throws Exception {
        Files.writeString(file(), yaml(more));
        JsonObject answer =
                (JsonObject) Json.parse(oriel.call("POST", "/api/oriel/reload").body());
        assertThat(answer.toString()).contains("Logins and rights have changed, which ended 3 sessions.");
    }

    @Test
    void link_revoked_endsItsViewersAndSockets_andNobodyElses() throws Exception {
        TestOriel oriel = open("");
        RtpViewer own = keep(Watch.watch(oriel, "door", ViewerOffer.PICTURE));
        own.awaitConnected();
        JsonObject made = (JsonObject) Json.parse(oriel.post("/api/links", "application/json", "{\"stream\":\"door\"}")
                .body());
        String token = made.string("token").orElseThrow();
        SignalingSocket socket = keep(SignalingSocket.open(
                oriel.base(), "src=door&token=" + token, Map.of("X-Forwarded-For", "192.168.1.9")));
        RtpViewer viewer = watching(socket);

        assertThat(oriel.call("DELETE", "/api/links?id=" + made.string("id").orElseThrow())
                        .statusCode())
                .isEqualTo(204);
        viewer.awaitOver();
        assertThat(socket.awaitText("error")).startsWith("webrtc: The link that showed this has been revoked");
        assertThat(socket.awaitClosed()).startsWith("1008 The link");
        oriel.awaitStream("door", json -> Watch.items(json, "consumers").items().size() == 1);
        assertThat(own.over()).isEmpty();
    }

    @Test
    void user_whosePasswordChanged_losesViewerAndSocketsByTheReload() throws Exception {
        TestOriel oriel = open("oriel: {access: {users: {anna: {role: viewer, password: one}}}}\n");
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door", login("anna", "one")));
        RtpViewer viewer = watching(socket);
        SignalingSocket events = keep(SignalingSocket.events(oriel.base(), "", login("anna", "one")));
        events.await("snapshot");
        SignalingSocket own = keep(SignalingSocket.events(oriel.base()));
        own.await("snapshot");

        reload(oriel, "oriel: {access: {users: {anna: {role: viewer, password: two}}}}\n");
        viewer.awaitOver();
        assertThat(events.awaitClosed()).startsWith("1008 What you may see here has changed");
        assertThat(socket.awaitClosed()).startsWith("1008 What you may see here has changed");
        keep(SignalingSocket.events(oriel.base(), "", login("anna", "two"))).await("snapshot");
        assertThat(own.messages()).noneMatch(m -> m.string("type").orElse("").equals("error"));
    }

    @Test
    void tokenForEvents_opensTheLineOnce_andEndsWithTheLoginThatMadeIt() throws Exception {
        TestOriel oriel = open("oriel: {access: {users: {anna: {role: viewer, streams: [door], password: one}}}}\n");
        SignalingSocket events = keep(SignalingSocket.events(oriel.base(), "token=" + token(oriel), ELSEWHERE));
        assertThat(events.await("snapshot").object("value").orElseThrow().members())
                .containsOnlyKeys("door");
        String unused = token(oriel);
        Files.writeString(file(), yaml("oriel: {access: {users: {anna: {role: viewer, password: two}}}}\n"));
        oriel.call("POST", "/api/oriel/reload");
        assertThat(events.awaitClosed()).startsWith("1008 What you may see here has changed");
        assertThatThrownBy(() -> SignalingSocket.events(oriel.base(), "token=" + unused, ELSEWHERE))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    private static String token(TestOriel oriel) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(oriel.base() + "/api/links"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"once\":true}"));
        login("anna", "one").forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> made = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            return ((JsonObject) Json.parse(made.body())).string("token").orElseThrow();
        }
    }

    @Test
    void user_whoMaySeeOtherCameras_losesWhatIsNotHisAnyMore() throws Exception {
        TestOriel oriel = open("oriel: {access: {users: {anna: {role: viewer, password: one}}}}\n");
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door", login("anna", "one")));
        RtpViewer viewer = watching(socket);
        SignalingSocket events = keep(SignalingSocket.events(oriel.base(), "", login("anna", "one")));
        events.await("snapshot");
        reload(oriel, "oriel: {access: {users: {anna: {role: viewer, streams: [garden], password: one}}}}\n");
        viewer.awaitOver();
        events.awaitClosed();
        socket.awaitClosed();
    }
}
