package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.SignalingSocket;

/** What the page hears over {@code api/oriel/explain} and {@code events}. */
@Timeout(60)
class ExplainTest {
    private static final List<String> STEPS = List.of("name", "network", "sign-in", "tracks");

    @TempDir
    Path folder;

    private static List<JsonObject> chain(TestOriel oriel, String name) throws Exception {
        String body = oriel.get("/api/oriel/explain?src=" + name).body();
        JsonArray links = (JsonArray) Json.parse(body);
        List<JsonObject> chain =
                links.items().stream().map(link -> (JsonObject) link).toList();
        assertThat(chain).extracting(link -> link.string("step").orElseThrow()).isEqualTo(STEPS);
        return chain;
    }

    private static List<Optional<Boolean>> marks(List<JsonObject> chain) {
        return chain.stream()
                .map(link -> link.member("ok").orElseThrow() instanceof JsonBool(boolean ok)
                        ? Optional.of(ok)
                        : Optional.<Boolean>empty())
                .toList();
    }

    private static void connect(TestOriel oriel, String name, String state) throws Exception {
        assertThat(oriel.call("PUT", "/api/preload?src=" + name).statusCode()).isEqualTo(200);
        oriel.awaitStream(name, stream -> stream.string("state").orElseThrow().equals(state));
    }

    @Test
    void camera_thatNobodyWatches_rests() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {door: \"rtsp://192.0.2.1/door\"}")) {
            List<JsonObject> chain = chain(oriel, "door");
            assertThat(marks(chain)).containsOnly(Optional.empty());
            assertThat(chain.getFirst().string("text")).contains("Nobody is watching, so the camera rests.");
        }
    }

    @Test
    void camera_thatPlays_isAllWell_andSaysWhatItSends() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(
                                CameraMedia.of(SyntheticPictures.of(25).track()))
                        .start();
                TestOriel oriel = TestOriel.start(folder, "streams: {door: \"" + camera.url() + "\"}")) {
            connect(oriel, "door", "live");
            List<JsonObject> chain = chain(oriel, "door");
            assertThat(marks(chain)).containsOnly(Optional.of(true));
            assertThat(chain.getLast().string("text")).contains("It sends H264.");
        }
    }

    @Test
    void camera_thatRefusesThePassword_isBrokenAtSignIn_andShowsNoPassword() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(
                                CameraMedia.of(SyntheticPictures.of(25).track()))
                        .auth(CameraAuth.DIGEST_MD5)
                        .user("anna", "right")
                        .start();
                TestOriel oriel = TestOriel.start(
                        folder, "streams: {door: \"" + camera.url().replace("right", "wr0ng") + "\"}")) {
            connect(oriel, "door", "retrying");
            List<JsonObject> chain = chain(oriel, "door");
            assertThat(marks(chain))
                    .containsExactly(Optional.of(true), Optional.of(true), Optional.of(false), Optional.empty());
            assertThat(chain.get(2).string("text").orElseThrow())
                    .contains("anna")
                    .doesNotContain("wr0ng");
            assertThat(chain.get(2).string("action")).contains("password");
        }
    }

    @Test
    void camera_thatIsAway_isBrokenAtTheNetwork() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (TestOriel oriel =
                TestOriel.start(folder, "streams: {door: \"rtsp://127.0.0.1:" + free + "/door\", off: false}")) {
            connect(oriel, "door", "retrying");
            assertThat(marks(chain(oriel, "door")))
                    .containsExactly(Optional.of(true), Optional.of(false), Optional.empty(), Optional.empty());
            List<JsonObject> off = chain(oriel, "off");
            assertThat(marks(off).getFirst()).contains(false);
            assertThat(off.getFirst().string("action")).contains("configuration");
            assertThat(oriel.get("/api/oriel/explain?src=nobody").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void camera_thatHangsUpWithoutAWord_saysNothingOfItsSignIn() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                TestOriel oriel = TestOriel.start(
                        folder, "streams: {door: \"rtsp://127.0.0.1:" + socket.getLocalPort() + "/door\"}")) {
            Thread camera = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        socket.accept().close();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            connect(oriel, "door", "retrying");
            List<JsonObject> chain = chain(oriel, "door");
            assertThat(marks(chain))
                    .containsExactly(Optional.of(true), Optional.of(true), Optional.empty(), Optional.of(false));
            assertThat(chain.get(2).string("text")).contains("Not known.");
            socket.close();
            camera.join();
        }
    }

    @Test
    void page_hearsOfStreamsThatComeAndGo() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {door: \"rtsp://u:s3cret@192.0.2.1/door\"}");
                SignalingSocket line = SignalingSocket.events(oriel.base())) {
            JsonObject snapshot = line.await("snapshot").object("value").orElseThrow();
            assertThat(snapshot.members()).containsOnlyKeys("door");
            assertThat(snapshot.toString()).doesNotContain("s3cret").contains("\"state\":\"idle\"");

            oriel.call("PUT", "/api/streams?name=yard&src=rtsp://192.0.2.2/yard");
            line.await(message -> message.string("type").orElse("").equals("changes")
                    && message.object("value").orElseThrow().object("yard").isPresent());
            oriel.call("DELETE", "/api/streams?src=yard");
            line.await(message -> message.toString().contains("\"yard\":null"));
        }
    }
}
