package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;

/** Two users behind one peer: one of them takes all that he can have, and the other notices nothing. */
@Timeout(120)
class CrowdedDoorTest {
    private static final int DEADLINE_MILLIS = 15_000;

    @TempDir
    private Path folder = Path.of("");

    private final List<Socket> open = new ArrayList<>();

    private TestOriel oriel() throws Exception {
        return TestOriel.start(
                folder,
                new ListedUsers().with("anna", HomeUser.Group.OTHER).with("ben", HomeUser.Group.OTHER),
                "{streams: {front: \"rtsp://127.0.0.1:1/front\"}}",
                "{oriel: {ingress: {listen: \"127.0.0.1:0\", peer: 127.0.0.1}}}");
    }

    /** Asks for a WebSocket, which stays open; gives the first line of the answer. */
    private String webSocket(TestOriel oriel, String user, String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), oriel.ingressPort());
        open.add(socket);
        socket.setSoTimeout(DEADLINE_MILLIS);
        String request = "GET " + path + " HTTP/1.1\nHost: x\nX-Remote-User-Id: " + user
                + "\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 13"
                + "\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
        socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\r';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static JsonObject limit(TestOriel oriel, String name) throws Exception {
        JsonObject all = (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        return all.array("limits").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .filter(limit -> limit.string("name").orElse("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int list(TestOriel oriel, String user) throws IOException {
        return RawHttp.send(oriel.ingressPort(), "GET", "/api/streams", "X-Remote-User-Id: " + user, "")
                .status();
    }

    @Test
    void userWhoOpensAllTheSocketsHeCan_isToldSo_andTheOtherHasHis() throws Exception {
        try (TestOriel oriel = oriel()) {
            long most = limit(oriel, "http.user").integer("bound").orElseThrow();
            for (int i = 0; i < most; i++) {
                assertThat(webSocket(oriel, "anna", "/api/ws?src=front")).contains(" 101 ");
            }
            assertThat(webSocket(oriel, "anna", "/api/ws?src=front")).contains(" 429 ");
            assertThat(list(oriel, "anna")).isEqualTo(429);
            assertThat(list(oriel, "ben")).isEqualTo(200);
            assertThat(webSocket(oriel, "ben", "/api/ws?src=front")).contains(" 101 ");
            JsonObject limit = limit(oriel, "http.user");
            assertThat(limit.integer("filled")).hasValue(most);
            assertThat(limit.object("counts").orElseThrow().integer("http-user-full"))
                    .hasValue(2);
            assertThat(limit(oriel, "http.address").integer("filled")).hasValue(0);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void userWhoseRequestsAreAnswered_hasNoneUnderWay() throws Exception {
        try (TestOriel oriel = oriel()) {
            for (int i = 0; i < 20; i++) {
                assertThat(list(oriel, "anna")).isEqualTo(200);
            }
            assertThat(RawHttp.send(oriel.ingressPort(), "GET", "/ui/app.js", "X-Remote-User-Id: anna", "")
                            .status())
                    .isEqualTo(200);
            assertThat(limit(oriel, "http.user").integer("filled")).hasValue(0);
        }
    }

    @Test
    void pagesThatListen_areBoundedForEachUser() throws Exception {
        try (TestOriel oriel = oriel()) {
            for (int i = 0; i < EventFeed.MAX_EACH; i++) {
                assertThat(webSocket(oriel, "anna", "/api/oriel/events")).contains(" 101 ");
            }
            // Micronaut opens it before we are asked; it is closed at once.
            assertThat(webSocket(oriel, "anna", "/api/oriel/events")).contains(" 101 ");
            assertThat(open.getLast().getInputStream().readAllBytes()).isNotEmpty();
            assertThat(webSocket(oriel, "ben", "/api/oriel/events")).contains(" 101 ");
            assertThat(limit(oriel, "websocket.events")
                            .object("counts")
                            .orElseThrow()
                            .integer("events-full"))
                    .hasValue(1);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
