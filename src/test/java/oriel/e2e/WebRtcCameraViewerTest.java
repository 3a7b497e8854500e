package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/**
 * The WebRTC Camera integration of Home Assistant with us as its server. It looks for one on its own machine by HEAD, and
 * then joins the card's WebSocket to ours, under the camera's address and the name of its entity, and says for whom: so it
 * counts as a proxy, and needs a login in the address of its server, which becomes HTTP Basic.
 */
class WebRtcCameraViewerTest extends ViewerScene {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("home:word".getBytes(StandardCharsets.UTF_8));

    private static Map<String, String> integration() {
        return new HashMap<>(Map.of(
                "User-Agent",
                "Mozilla/5.0",
                "X-Forwarded-For",
                "192.168.1.77",
                "X-Forwarded-Host",
                "homeassistant.local:8123",
                "X-Forwarded-Proto",
                "http"));
    }

    @Test
    @Proves("S-125")
    void card_withALoginInTheServersAddress_playsTheEntitysCamera_andWithoutItNothing() throws Exception {
        SimulatedCamera camera = camera(SyntheticPictures.of(25).track());
        TestOriel oriel = keep(TestOriel.start(folder, "{streams: {}}", "{api: {username: home, password: word}}"));
        assertThat(oriel.call("HEAD", "/").statusCode()).isBetween(200, 299);
        String query = "src=" + ViewerDoors.encoded(camera.url()) + "&name=camera.door";
        assertThatThrownBy(() -> SignalingSocket.open(oriel.base(), query, integration()))
                .hasStackTraceContaining("401");
        Map<String, String> headers = integration();
        headers.put("Authorization", LOGIN);

        for (int view = 0; view < 2; view++) {
            SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), query, headers));
            RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
            // The card asks for all it knows at once, and takes what works.
            socket.send("mse", "avc1.640029,avc1.64002A,hvc1.1.6.L153.B0,mp4a.40.2,flac,opus");
            socket.send("webrtc/offer", viewer.offer());
            viewer.answer(socket.awaitText("webrtc/answer"));
            viewer.awaitFrames("video", 3);
            assertThat(socket.messages()).noneMatch(said -> isErrorOf(said, "webrtc"));
        }
        assertThat(oriel.stream("camera.door").array("consumers").orElseThrow().items())
                .hasSize(2);
        assertThat(camera.connections()).isOne();
    }

    private static boolean isErrorOf(JsonObject said, String type) {
        return said.string("type").orElse("").equals("error")
                && said.string("value").orElse("").startsWith(type);
    }
}
