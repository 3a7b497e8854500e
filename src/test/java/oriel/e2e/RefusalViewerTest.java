package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** An offer that cannot be answered is refused in words that name what is wrong, at each door in its own form. */
class RefusalViewerTest extends ViewerScene {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(25);
    private String offer = "";

    @BeforeEach
    void offer() {
        offer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open()).offer();
    }

    private void assertRefused(TestOriel oriel, String src, int status, String words) throws Exception {
        String path = "/api/webrtc?src=" + ViewerDoors.encoded(src);
        HttpResponse<String> whep = oriel.post(path, "application/sdp", offer);
        assertThat(whep.statusCode()).isEqualTo(status);
        assertThat(whep.body()).contains(words);
        HttpResponse<String> stream = ViewerDoors.stream(oriel.base(), src, offer);
        assertThat(stream.statusCode()).isEqualTo(status);
        JsonObject error = (JsonObject) Json.parse(stream.body());
        assertThat(error.string("code").orElseThrow()).isNotBlank();
        assertRefusedOverSocket(oriel, src, words);
    }

    private void assertRefusedOverSocket(TestOriel oriel, String src, String words) throws Exception {
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=" + ViewerDoors.encoded(src))) {
            socket.send("webrtc/offer", offer);
            JsonObject message = socket.await("error");
            assertThat(message.string("value").orElseThrow())
                    .startsWith("webrtc/offer: ")
                    .contains(words);
            assertThat(message.members().keySet()).containsExactlyInAnyOrder("type", "value");
        }
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=" + ViewerDoors.encoded(src))) {
            socket.send(
                    "webrtc",
                    JsonObject.builder().put("type", "offer").put("sdp", offer).build());
            assertThat(socket.awaitText("error")).startsWith("webrtc: ").contains(words);
        }
    }

    @Test
    void unknownStream() throws Exception {
        TestOriel oriel = oriel();
        HttpResponse<String> answer = oriel.post("/api/webrtc?src=nobody", "application/sdp", offer);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("stream not found");
        assertRefusedOverSocket(oriel, "nobody", "stream not found");
        assertThat(ViewerDoors.stream(oriel.base(), "nobody", offer).statusCode())
                .isEqualTo(404);
    }

    @Test
    @Proves("S-152")
    void cameraThatRefusesThePort() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        camera.unplug();
        TestOriel oriel = oriel(camera.url());
        assertRefused(oriel, "door", 502, "refuses port " + camera.port());
        JsonObject producer = Watch.first(oriel.stream("door"), "producers");
        assertThat(producer.string("failure")).contains("refused");
        assertThat(producer.string("url")).contains(camera.url());
    }

    @Test
    void cameraThatAsksForAPassword() throws Exception {
        SimulatedCamera camera = keep(SimulatedCamera.of(CameraMedia.of(PICTURES.track()))
                .user("admin", "secret word")
                .auth(CameraAuth.DIGEST_MD5)
                .start());
        TestOriel oriel = oriel(camera.url().replace("secret%20word", "wrong"));
        assertRefused(oriel, "door", 502, "does not accept the user admin");
        assertThat(oriel.post("/api/webrtc?src=door", "application/sdp", offer).body())
                .doesNotContain("wrong");
        // Three offers and more: but the account is not locked by them.
        assertThat(camera.challenges()).isLessThan(4);
    }

    @Test
    void cameraWithoutAStreamAtThePath() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        camera.answer("DESCRIBE", 404);
        assertRefused(oriel(camera.url()), "door", 502, "no stream at /stream");
    }

    @Test
    void cameraThatDoesNotAnswer_isSaidWithinTheTimeThatHomeAssistantGives() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        camera.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
        TestOriel oriel = oriel(camera.url());
        long began = System.nanoTime();
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/offer", offer);
            // The list does not wait with it.
            oriel.awaitStream("door", stream -> Watch.state(stream).equals("connecting"));
            assertThat(socket.awaitText("error")).startsWith("webrtc/offer: ").contains("127.0.0.1");
        }
        assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    }

    @Test
    void noCommonCodec_namesBothLists() throws Exception {
        byte[] set = {0x40, 0x01, 0x0C, 0x01};
        SimulatedCamera camera = camera(
                CameraTrack.h265(set, set, set, CameraFeed::byHand),
                CameraTrack.aac(16_000, 1, "1408", CameraFeed::byHand));
        assertRefused(
                oriel(camera.url()),
                "door",
                406,
                "The camera sends video:H265, audio:AAC; this viewer takes video:VP8 VP9 H264");
    }

    @Test
    void pictureNobodyTakes_soundThatFits_isRefusedAsWell() throws Exception {
        byte[] set = {0x40, 0x01, 0x0C, 0x01};
        SimulatedCamera camera =
                camera(CameraTrack.h265(set, set, set, CameraFeed::byHand), CameraTrack.pcma(CameraFeed::byHand));
        assertRefused(oriel(camera.url()), "door", 406, "video:H265");
    }

    @Test
    void bFrames_foundLater_areSaidOverTheSocket_andInTheStreamsJson_andEndTheViewer() throws Exception {
        SimulatedCamera camera = camera(PICTURES.trackByHand());
        TestOriel oriel = oriel(camera.url());
        RtpViewer silent = watch(oriel, ViewerOffer.CHROMIUM);
        RtpViewer told = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/offer", told.offer());
            told.answer(socket.awaitText("webrtc/answer"));
            told.awaitConnected();
            silent.awaitConnected();
            camera.await(() -> camera.playing() == 1);
            camera.emit(0, PICTURES.frame(0, 0));
            camera.emit(0, PICTURES.frame(1, 7200));
            camera.emit(0, PICTURES.frameB(2, 3600));
            assertThat(socket.awaitText("error"))
                    .isEqualTo(
                            "webrtc/offer: The camera sends B-frames, which WebRTC cannot play. Set its H.264 profile"
                                    + " to Baseline, or switch B-frames off.");
        }
        told.awaitOver();
        silent.awaitOver();
        JsonObject stream = oriel.awaitStream(
                "door", s -> Watch.items(s, "consumers").items().isEmpty());
        assertThat(stream.string("note").orElseThrow()).startsWith("The camera sends B-frames");
        // Who comes now is told at once.
        HttpResponse<String> answer = oriel.post("/api/webrtc?src=door", "application/sdp", offer);
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).startsWith("The camera sends B-frames");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "v=0\r\n", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video\r\n"})
    void malformedSdp_is400_atEachDoor(String sdp) throws Exception {
        TestOriel oriel = oriel(camera(PICTURES.track()).url());
        for (String type : List.of("application/sdp", "text/plain")) {
            HttpResponse<String> answer = oriel.post("/api/webrtc?src=door", type, sdp);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
        }
        assertThat(ViewerDoors.stream(oriel.base(), "door", sdp).statusCode()).isEqualTo(400);
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/offer", sdp);
            assertThat(socket.awaitText("error")).startsWith("webrtc/offer: ");
            // The socket is as good as before.
            socket.send("webrtc/offer", offer);
            socket.await("webrtc/answer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"type\":\"offer\"}", "{\"type\":\"answer\",\"sdp\":\"v=0\"}", "{\"type\":", "\"x\""
            })
    void malformedJson_is400(String body) throws Exception {
        TestOriel oriel = oriel(camera(PICTURES.track()).url());
        HttpResponse<String> answer = oriel.post("/api/webrtc?src=door", "application/json", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data=", "data=%%%", "data=not-base64!", "sdp64=dj0w", "data=/////w=="})
    void malformedForm_is400(String body) throws Exception {
        TestOriel oriel = oriel(camera(PICTURES.track()).url());
        String type = "application/x-www-form-urlencoded";
        assertThat(oriel.post("/api/webrtc?src=door", type, body).statusCode()).isEqualTo(400);
        HttpResponse<String> stream = oriel.post("/stream", type, body.replace("data=", "url=door&sdp64="));
        assertThat(stream.statusCode()).isEqualTo(400);
        assertThat(((JsonObject) Json.parse(stream.body())).string("error").orElseThrow())
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello", "[]", "{}", "{\"type\":7}", "{\"type\":\"webrtc\"}", "{\"type\":\"mse\",\"value\":\"\"}"
            })
    void malformedMessage_isAnError_andTheSocketStays(String message) throws Exception {
        TestOriel oriel = oriel(camera(PICTURES.track()).url());
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.text(message);
            socket.await("error");
            socket.send("webrtc/offer", offer);
            socket.await("webrtc/answer");
        }
    }

    @Test
    void malformedCandidates_areCounted_andTheViewerConnects() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM)
                .candidates(List.of("[object RTCIceCandidate]", "candidate:x"))
                .open());
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/candidate", "candidate:1 1 udp");
            socket.send("webrtc/offer", viewer.offer());
            viewer.answer(socket.awaitText("webrtc/answer"));
            socket.send("webrtc/candidate", "");
            socket.send("webrtc/candidate", "candidate:2 1 udp 1 999.1.1.1 5 typ host");
            viewer.awaitFrames("video", 3);
        }
        JsonObject drops =
                Watch.first(oriel.stream("door"), "consumers").object("drops").orElseThrow();
        assertThat(drops.integer("candidate-malformed").orElse(0)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void streamSwitchedOff_orWithoutSource_isSaid() throws Exception {
        TestOriel oriel = keep(TestOriel.start(folder, "{streams: {off: false, empty: null}}"));
        assertThat(oriel.post("/api/webrtc?src=off", "application/sdp", offer).body())
                .contains("switched off");
        assertThat(oriel.post("/api/webrtc?src=empty", "application/sdp", offer).body())
                .contains("has no source");
    }

    @Test
    void aPictureOfSyntheticFrames_isTakenForWhatItIs() {
        // Guards the fixture: a B slice is one, the others are none.
        CameraFrame key = PICTURES.frame(0, 0);
        assertThat(key.key()).isTrue();
        assertThat(PICTURES.frameB(1, 1).key()).isFalse();
    }
}
