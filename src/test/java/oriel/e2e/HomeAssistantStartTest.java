package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.homeassistant.FakeAnswer;
import oriel.testing.homeassistant.FakeHomeAssistant;
import oriel.testing.homeassistant.FakeIntegration;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerOffer;

/** Home Assistant and Oriel start, end and start again, in each order; what Home Assistant asked for outlives it. */
class HomeAssistantStartTest extends ViewerScene {
    private static final String RELOAD = "POST /core/api/config/config_entries/entry/01GO2RTCENTRY/reload";

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private TestOriel app(FakeHomeAssistant home, String... yaml) throws Exception {
        List<String> configs = new ArrayList<>(List.of("{oriel: {access: {loopback: admin}}}"));
        configs.addAll(List.of(yaml));
        return keep(TestOriel.start(folder, home.environment(), configs.toArray(String[]::new)));
    }

    private static String listen(int port) {
        return "{api: {listen: \"127.0.0.1:" + port + "\"}}";
    }

    private static JsonObject facts(TestOriel oriel, Predicate<JsonObject> wanted) {
        return Awaitility.await("what is known of Home Assistant")
                .atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> (JsonObject)
                                Json.parse(oriel.get("/api/oriel/home").body()),
                        wanted);
    }

    private static String integration(JsonObject facts) {
        return facts.object("integration").orElseThrow().string("state").orElseThrow();
    }

    /** Home Assistant 2026.11 never tries again by itself: the entry would stay as it is until its next start. */
    @Test
    void homeAssistantThatStartedWithoutUs_isAskedOnceToLoadItsIntegration() throws Exception {
        FakeHomeAssistant home = keep(FakeHomeAssistant.start());
        int port = freePort();
        home.go2rtc("http://127.0.0.1:" + port, "camera.door");
        assertThat(home.startCore()).isEqualTo("setup_error");

        TestOriel oriel = app(home, listen(port));

        home.awaitEntry("loaded");
        JsonObject facts = facts(oriel, known -> integration(known).equals("well"));
        assertThat(facts.object("integration").orElseThrow().string("reload_asked"))
                .isPresent();
        assertThat(facts.object("go2rtc").orElseThrow().string("version")).contains("2026.11.0");
        assertThat(facts.object("go2rtc").orElseThrow().string("called")).isPresent();
        assertThat(facts.bool("app")).contains(true);
        assertThat(home.count(RELOAD)).isOne();
    }

    @Test
    void homeAssistantThatStartsAfterUs_findsAllItAsksFor_andIsLeftAlone() throws Exception {
        FakeHomeAssistant home = keep(FakeHomeAssistant.start());
        home.stopCore();
        TestOriel oriel = app(home);
        assertThat(facts(oriel, known -> true).members()).doesNotContainKey("go2rtc");
        home.go2rtc(oriel.base() + "/some/prefix/", "camera.a", "camera.b", "camera.c");

        assertThat(home.startCore()).isEqualTo("loaded");

        assertThat(facts(oriel, known -> known.object("go2rtc").isPresent()).members())
                .doesNotContainKey("rtsp_to_webrtc");
        assertThat(home.count(RELOAD)).isZero();
    }

    @Test
    void withoutSupervisor_theCallsAreKnownAllTheSame() throws Exception {
        TestOriel oriel = keep(TestOriel.start(folder));
        try (FakeIntegration integration = new FakeIntegration(oriel.base())) {
            assertThat(integration.setUp(List.of())).isEqualTo("loaded");
            integration.call("GET", "/streams");
        }
        JsonObject facts = facts(oriel, known -> known.object("rtsp_to_webrtc").isPresent());
        assertThat(facts.bool("app")).contains(false);
        assertThat(facts.object("go2rtc")).isPresent();
        assertThat(integration(facts)).isEqualTo("unknown");
    }

    private SimulatedCamera camera() {
        return camera(SyntheticPictures.of(25).track());
    }

    @Test
    @Proves("S-126")
    void homeAssistantThatRestarts_andItsSupervisor_leaveViewersAndStreamsAlone() throws Exception {
        SimulatedCamera camera = camera();
        FakeHomeAssistant home = keep(FakeHomeAssistant.start());
        TestOriel oriel = app(home, Watch.stream("door", camera.url()));
        home.go2rtc(oriel.base());
        home.startCore();
        RtpViewer viewer = watch(oriel, ViewerOffer.CHROMIUM);
        viewer.awaitFrames("video", 3);

        home.stopCore();
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);
        assertThat(home.startCore()).isEqualTo("loaded");
        home.close();
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);

        assertThat(viewer.over()).isEmpty();
        assertThat(camera.connections()).isOne();
        watch(oriel, ViewerOffer.CHROMIUM).awaitFrames("video", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "endless", "hangup", "nonsense", "denied"})
    void supervisorThatIsOfNoUse_keepsNobodyWaiting(String kind) throws Exception {
        FakeAnswer answer = switch (kind) {
            case "silence" -> new FakeAnswer.Silence();
            case "endless" -> new FakeAnswer.Endless();
            case "hangup" -> new FakeAnswer.Hangup();
            case "nonsense" -> new FakeAnswer.Raw("nonsense\r\n\r\n");
            default -> FakeAnswer.status(403);
        };
        FakeHomeAssistant home = keep(FakeHomeAssistant.start());
        for (String path : List.of(
                "/addons/self/info", "/services/mqtt", "/core/api/config", "/core/api/config/config_entries/entry")) {
            home.answer(path, answer);
        }
        TestOriel oriel = app(home, Watch.stream("door", camera().url()));

        watch(oriel, ViewerOffer.CHROMIUM).awaitFrames("video", 3);
        home.awaitAsked("GET /services/mqtt");
        assertThat(oriel.get("/api/oriel/home").statusCode()).isEqualTo(200);
        assertThat(oriel.gateway().home().mqtt().orElseThrow().known()).isEmpty();
    }

    /** 21 x GET preload, GET streams, PUT streams, PUT preload, each wave all at once, as they were recorded. */
    @Test
    @Proves("S-177")
    void manyCamerasAtOnce_inTheWavesOfHomeAssistant_thoughNoneAnswers() throws Exception {
        SimulatedCamera mute = camera();
        mute.answer("OPTIONS", SimulatedCamera.NO_ANSWER);
        mute.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
        TestOriel oriel = keep(TestOriel.start(folder, "{streams: {}}"));
        try (FakeIntegration integration = new FakeIntegration(oriel.base())) {
            wave(integration, "GET", i -> "/api/preload");
            wave(integration, "GET", i -> "/api/streams");
            wave(
                    integration,
                    "PUT",
                    i -> "/api/streams?name=camera.n" + i + "&src=" + mute.plainUrl() + "/" + i + "&src=ffmpeg:camera.n"
                            + i + "%23audio%3Dopus%23query%3Dlog_level%3Ddebug");
            wave(integration, "PUT", i -> "/api/preload?src=camera.n" + i);
        }
        assertThat(((JsonObject) Json.parse(oriel.get("/api/preload").body())).members())
                .hasSize(21);
    }

    private static void wave(FakeIntegration integration, String method, IntFunction<String> path) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            answers.add(integration.send(method, path.apply(i)));
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    /** The preload switch of a camera: on, the start of Home Assistant after ours, off. */
    @Test
    void preload_survivesOurRestart_soThatHomeAssistantHasNothingToDo_andEndsWithItsDelete() throws Exception {
        SimulatedCamera camera = camera();
        String put = "/api/streams?name=rigcam_door%25201&src=" + camera.url();
        try (TestOriel oriel = TestOriel.start(folder);
                FakeIntegration integration = new FakeIntegration(oriel.base())) {
            assertThat(integration.call("GET", "/api/preload").body()).isEqualTo("{}");
            assertThat(integration.call("GET", "/api/streams").body()).isEqualTo("{}");
            assertThat(integration.call("PUT", put).statusCode()).isEqualTo(200);
            assertThat(integration
                            .call("PUT", "/api/preload?src=rigcam_door%25201")
                            .statusCode())
                    .isEqualTo(200);
            camera.await(() -> camera.playing() == 1);
        }
        camera.await(() -> camera.live() == 0);

        TestOriel again = keep(TestOriel.start(folder));
        camera.await(() -> camera.playing() == 1);
        try (FakeIntegration integration = new FakeIntegration(again.base())) {
            JsonObject preloads = (JsonObject)
                    Json.parse(integration.call("GET", "/api/preload").body());
            assertThat(preloads.object("rigcam_door%201").orElseThrow().string("query"))
                    .contains("video&audio");
            JsonObject stream = ((JsonObject)
                            Json.parse(integration.call("GET", "/api/streams").body()))
                    .object("rigcam_door%201")
                    .orElseThrow();
            assertThat(Watch.first(stream, "producers").string("url")).contains(camera.url());
            assertThat(integration
                            .call("DELETE", "/api/preload?src=rigcam_door%25201")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(integration.call("GET", "/api/preload").body()).isEqualTo("{}");
        }
        camera.await(() -> camera.live() == 0);
    }

    /** Both frontends put candidates that came too early behind the offer as objects, which become this text. */
    @ParameterizedTest
    @ValueSource(strings = {"value sdp type", "type sdp value", "type value sdp", "sdp type value"})
    void offer_inEachOrderOfItsKeys_withCandidatesThatBecameObjects(String order) throws Exception {
        TestOriel oriel = oriel(camera().url());
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        String sdp = "\"sdp\":"
                + new JsonString(viewer.offer() + "a=[object RTCIceCandidate]\r\na=[object RTCIceCandidate]\r\n")
                        .toJson();
        String servers = "\"ice_servers\":[{\"urls\":[\"stun:127.0.0.1:9\"],\"username\":\"u\",\"credential\":\"c\"}]";
        String inner = order.indexOf("sdp") < order.lastIndexOf("type")
                ? sdp + "," + servers + ",\"type\":\"offer\""
                : "\"type\":\"offer\"," + servers + "," + sdp;
        String message = order.startsWith("type")
                ? "{\"type\":\"webrtc\",\"value\":{" + inner + "}}"
                : "{\"value\":{" + inner + "},\"type\":\"webrtc\"}";
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
        socket.text(message);

        JsonObject answer = socket.await("webrtc").object("value").orElseThrow();
        assertThat(answer.string("type")).contains("answer");
        viewer.answer(answer.string("sdp").orElseThrow());
        viewer.awaitFrames("video", 3);
        assertThat(socket.messages())
                .allSatisfy(
                        said -> assertThat(said.string("type").orElseThrow()).isIn("webrtc", "webrtc/candidate"));
    }
}
