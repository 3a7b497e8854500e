package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

/** What Home Assistant 2025.5 and 2026.11 were recorded to send, letter by letter, and what must come of it. */
class HomeAssistantViewerTest extends ViewerScene {
    private static final String HELPER = "%23audio%3Dopus%23query%3Dlog_level%3Ddebug";

    private SimulatedCamera lockedCamera() {
        return keep(SimulatedCamera.of(CameraMedia.of(
                        SyntheticPictures.of(25).track(),
                        CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, new byte[160])), 160))))
                .user("admin", "pass:w@rd")
                .auth(CameraAuth.DIGEST_MD5)
                .start());
    }

    private static JsonObject list(TestOriel oriel) throws Exception {
        HttpResponse<String> answer = oriel.get("/api/streams");
        assertThat(answer.statusCode()).isEqualTo(200);
        return (JsonObject) Json.parse(answer.body());
    }

    /** One view: the WebSocket, the offer with ICE servers, no candidate of the browser, for those are lost. */
    private RtpViewer view(TestOriel oriel, String name) throws Exception {
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=" + name));
        socket.text("{\"value\":{\"sdp\":" + new oriel.base.JsonString(viewer.offer())
                + ",\"ice_servers\":[{\"urls\":[\"stun:stun.home-assistant.io:3478\",\"stun:stun.home-assistant.io:80\"]}],"
                + "\"type\":\"offer\"},\"type\":\"webrtc\"}");
        JsonObject answer = socket.await("webrtc").object("value").orElseThrow();
        assertThat(answer.string("type")).contains("answer");
        // Home Assistant hands it on with sdpMLineIndex 0 and no mid.
        assertThat(socket.awaitText("webrtc/candidate")).startsWith("candidate:");
        viewer.answer(answer.string("sdp").orElseThrow());
        assertThat(viewer.answered().sections().getFirst().attributes("candidate"))
                .isNotEmpty();
        viewer.awaitFrames("video", 3);
        viewer.awaitPackets("audio", 3);
        return viewer;
    }

    @Test
    @Proves({"S-053", "S-127", "S-136", "S-190", "S-200"})
    void firstAndSecondView_ofACameraWithAPassword() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = keep(TestOriel.start(folder, "{streams: {}}"));
        // At its start.
        assertThat(((JsonObject) Json.parse(oriel.get("/api").body()))
                        .string("version")
                        .orElseThrow())
                .startsWith("1.99.0+oriel.");
        assertThat(oriel.get("/api/schemes").body()).contains("\"rtsp\"").contains("\"ffmpeg\"");
        assertThat(oriel.get("/api/preload").body()).isEqualTo("{}");

        String source = "rtsp://admin:pass%3Aw%40rd@127.0.0.1:" + camera.port() + "/stream";
        assertThat(list(oriel).member("camera.plain")).isEmpty();
        HttpResponse<String> put = oriel.call(
                "PUT",
                "/api/streams?name=camera.plain&src=" + source.replace("%", "%25") + "&src=ffmpeg:camera.plain"
                        + HELPER);
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).isEmpty();
        view(oriel, "camera.plain").close();

        // The second view: the list shows the source byte for byte, so nothing is registered again.
        JsonObject stream = list(oriel).object("camera.plain").orElseThrow();
        assertThat(Watch.items(stream, "producers").items())
                .extracting(item -> ((JsonObject) item).string("url").orElseThrow())
                .containsExactly(source, "ffmpeg:camera.plain#audio=opus#query=log_level=debug");
        view(oriel, "camera.plain");
        assertThat(camera.connections()).isOne();
    }

    /** Home Assistant 2024.3 lists, adds and offers for each view, and talks to RTSPtoWeb if both probes succeed. */
    @Test
    @Proves("S-111")
    void rtspToWeb_twoViews_playOverOneConnection() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        String url = "rtsp://admin:pass%3Aw%40rd@127.0.0.1:" + camera.port() + "/stream";
        String body = "{\"name\":\"camera.front\",\"channels\":{\"0\":{\"name\":\"ch1\",\"url\":\"" + url + "\"}}}";
        for (int view = 0; view < 2; view++) {
            assertThat(oriel.get("/streams").body()).contains("\"status\":1");
            assertThat(oriel.post("/stream/camera.front/add", "application/json", body)
                            .statusCode())
                    .isEqualTo(200);
            RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
            HttpResponse<String> answer = ViewerDoors.post(
                    oriel.base() + "/stream/camera.front/channel/0/webrtc",
                    "application/x-www-form-urlencoded",
                    "data=" + ViewerDoors.encoded(ViewerDoors.base64(viewer.offer())));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
            viewer.answer(ViewerDoors.unbase64(answer.body()));
            viewer.awaitFrames("video", 3);
            viewer.awaitPackets("audio", 3);
        }
        assertThat(camera.connections()).isOne();
    }

    /** What stands in the payload is the one text that reaches the user. */
    @Test
    void rtspToWeb_cameraThatRefuses_isSaidInThePayload() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        String url = "rtsp://admin:wrong@127.0.0.1:" + camera.port() + "/stream";
        oriel.post("/stream/camera.front/add", "application/json", "{\"channels\":{\"0\":{\"url\":\"" + url + "\"}}}");
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        HttpResponse<String> answer = ViewerDoors.post(
                oriel.base() + "/stream/camera.front/channel/0/webrtc",
                "application/x-www-form-urlencoded",
                "data=" + ViewerDoors.encoded(ViewerDoors.base64(viewer.offer())));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(ViewerDoors.field(answer.body(), "payload")).contains("does not accept the user admin");
    }

    @Test
    void genericCamera_throughFfmpegWithoutFfmpeg() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        String source = "ffmpeg:rtsp://admin:pass%253Aw%2540rd@127.0.0.1:" + camera.port() + "/stream";
        String put = "/api/streams?name=generic_01JD&src=" + source + "&src=ffmpeg:generic_01JD" + HELPER;
        assertThat(oriel.call("PUT", put).statusCode()).isEqualTo(200);
        RtpViewer viewer = view(oriel, "generic_01JD");
        // While it runs its address is still the one that was registered.
        assertThat(Watch.first(list(oriel).object("generic_01JD").orElseThrow(), "producers")
                        .string("url"))
                .contains(source.replace("%25", "%"));
        assertThat(viewer.over()).isEmpty();
        assertThat(camera.connections()).isOne();
    }

    @Test
    void turnedCamera_isRefusedInWords_andTheSocketSaysSo() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        oriel.call(
                "PUT",
                "/api/streams?name=turned&src=ffmpeg:" + camera.url().replace("%", "%25")
                        + "%23video%3Dh264%23audio%3Dcopy%23rotate%3D180");
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=turned"));
        socket.send(
                "webrtc",
                JsonObject.builder()
                        .put("type", "offer")
                        .put(
                                "sdp",
                                keep(RtpViewer.of(ViewerOffer.CHROMIUM).open()).offer())
                        .build());
        assertThat(socket.awaitText("error"))
                .startsWith("webrtc: This version of Oriel does not convert pictures or sound")
                .doesNotContain("w%40rd");
        assertThat(list(oriel).object("turned")).isPresent();
    }

    @Test
    void nameWithPercentSigns_isDecodedOnce_atEachDoor() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        String onTheWire = "rigcam_door%25201%253A%25C3%25BC%2523x";
        String put = "/api/streams?name=" + onTheWire + "&src=" + camera.url().replace("%", "%25") + "&src=ffmpeg:"
                + onTheWire + HELPER;
        assertThat(oriel.call("PUT", put).statusCode()).isEqualTo(200);
        assertThat(list(oriel).members()).containsOnlyKeys("rigcam_door%201%3A%C3%BC%23x", "door");
        view(oriel, onTheWire);
        RtpViewer whep = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        whep.answer(oriel.post("/api/webrtc?src=" + onTheWire, "application/sdp", whep.offer())
                .body());
        whep.awaitFrames("video", 2);
        assertThat(oriel.call("PUT", "/api/preload?src=" + onTheWire).statusCode())
                .isEqualTo(200);
        assertThat(((JsonObject) Json.parse(oriel.get("/api/preload").body())).members())
                .containsOnlyKeys("rigcam_door%201%3A%C3%BC%23x");
        assertThat(camera.connections()).isOne();
    }

    /** 2025.5 opens the socket with the first candidate, while the stream is still being registered. */
    @ParameterizedTest
    @ValueSource(strings = {"CCO", "COC", "OCC", "O"})
    void candidatesAndOffer_inEachOrder_alsoBeforeTheStreamIsThere(String order) throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel();
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=camera.rig"));
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        if (order.startsWith("C")) {
            socket.send("webrtc/candidate", candidate(0));
        }
        oriel.call("PUT", "/api/streams?name=camera.rig&src=" + camera.url().replace("%", "%25"));
        for (int i = order.startsWith("C") ? 1 : 0; i < order.length(); i++) {
            if (order.charAt(i) == 'C') {
                socket.send("webrtc/candidate", candidate(i));
            } else {
                socket.send("webrtc/offer", viewer.offer());
            }
        }
        viewer.answer(socket.awaitText("webrtc/answer"));
        viewer.awaitFrames("video", 3);
        assertThat(socket.messages())
                .noneMatch(message -> message.string("type").orElse("").equals("error"));
    }

    private static String candidate(int number) {
        return "candidate:" + number + " 1 udp 2113937151 9b36eaac-bb2e-49bb-bb78-21c41c49980" + number
                + ".local 5000 typ host generation 0 ufrag 91Tf network-cost 999";
    }

    @Test
    void streamsAndPreloads_surviveARestart() throws Exception {
        SimulatedCamera camera = lockedCamera();
        try (TestOriel oriel = TestOriel.start(folder)) {
            oriel.call("PUT", "/api/streams?name=kept&src=" + camera.url().replace("%", "%25"));
            assertThat(oriel.call("PUT", "/api/preload?src=kept").statusCode()).isEqualTo(200);
            camera.await(() -> camera.playing() == 1);
        }
        camera.await(() -> camera.live() == 0);
        TestOriel again = keep(TestOriel.start(folder));
        camera.await(() -> camera.playing() == 1);
        assertThat(again.get("/api/preload").body()).contains("\"kept\"").contains("\"query\"");
        view(again, "kept");
        assertThat(camera.connections()).isEqualTo(2);
    }

    @Test
    @Proves("S-177")
    void manyCamerasAtItsStart_areRegisteredAndPreloadedAtOnce_thoughNoneAnswers() throws Exception {
        SimulatedCamera mute = lockedCamera();
        mute.answer("OPTIONS", SimulatedCamera.NO_ANSWER);
        mute.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
        TestOriel oriel = keep(TestOriel.start(folder, "{streams: {}}"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> cameras = new ArrayList<>();
            for (int i = 0; i < 21; i++) {
                String name = "camera.n" + i;
                cameras.add(() -> {
                    int worst = oriel.get("/api/preload").statusCode();
                    worst = Math.max(worst, oriel.get("/api/streams").statusCode());
                    worst = Math.max(
                            worst,
                            oriel.call("PUT", "/api/streams?name=" + name + "&src=" + mute.plainUrl() + "/" + name)
                                    .statusCode());
                    return Math.max(
                            worst, oriel.call("PUT", "/api/preload?src=" + name).statusCode());
                });
            }
            for (Future<Integer> status : threads.invokeAll(cameras, 30, TimeUnit.SECONDS)) {
                assertThat(status.isCancelled()).isFalse();
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(list(oriel).members()).hasSize(21);
        assertThat(((JsonObject) Json.parse(oriel.get("/api/preload").body())).members())
                .hasSize(21);
    }

    @Test
    void cameraAway_theListIsWell_andTheSocketSaysWhy() throws Exception {
        SimulatedCamera camera = lockedCamera();
        camera.unplug();
        TestOriel oriel = oriel();
        oriel.call("PUT", "/api/streams?name=away&src=" + camera.url().replace("%", "%25"));
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=away"));
        socket.send(
                "webrtc",
                JsonObject.builder()
                        .put("type", "offer")
                        .put(
                                "sdp",
                                keep(RtpViewer.of(ViewerOffer.CHROMIUM).open()).offer())
                        .build());
        assertThat(socket.awaitText("error")).startsWith("webrtc: 127.0.0.1 is there but refuses port");
        JsonObject stream = list(oriel).object("away").orElseThrow();
        assertThat(Watch.first(stream, "producers").string("url")).contains(camera.url());
    }

    @Test
    void microphone_startTalking_isASecondSession_onTheSameConnection() throws Exception {
        SimulatedCamera camera = lockedCamera();
        TestOriel oriel = oriel(camera.url());
        view(oriel, "door").close();
        RtpViewer talk = keep(RtpViewer.of(ViewerOffer.of(
                        ViewerOffer.Section.audio(ViewerOffer.CHROMIUM_SOUND).directed("sendrecv"),
                        ViewerOffer.Section.video(ViewerOffer.CHROMIUM_PICTURE)))
                .open());
        talk.answer(ViewerDoors.json(oriel.base(), "door", talk.offer()));
        talk.awaitFrames("video", 3);
        assertThat(camera.connections()).isOne();
    }
}
