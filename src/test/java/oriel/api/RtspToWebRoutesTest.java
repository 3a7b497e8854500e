package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;

@Timeout(60)
class RtspToWebRoutesTest {
    private static final String URL = "rtsp://admin:pass%3Aw%40rd@192.0.2.9:554/h264?a=1&b=%2F#timeout=30";
    private static final String BODY =
            "{\"name\":\"camera.front\",\"channels\":{\"0\":{\"name\":\"ch1\",\"url\":\"" + URL + "\"}}}";

    @TempDir
    Path folder;

    private TestOriel oriel;

    @BeforeEach
    void start() throws Exception {
        oriel = TestOriel.start(folder, "streams: {fixed: \"rtsp://192.0.2.8/x\"}");
    }

    @AfterEach
    void stop() {
        oriel.close();
    }

    @Test
    void homeAssistantsCalls_addOnce_thenFindItsAddressByteForByte() throws Exception {
        assertThat(payload(oriel.get("/streams")).member("camera.front")).isEmpty();

        HttpResponse<String> added = post("/stream/camera.front/add", BODY);
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(json(added).string("payload")).contains("success");

        JsonObject list = json(oriel.get("/streams"));
        assertThat(list.integer("status")).hasValue(1);
        assertThat(list.strings("streams").orElseThrow()).containsExactlyInAnyOrder("fixed", "camera.front");
        assertThat(list.string("rtsp_url_base")).isPresent();
        assertThat(url(list.object("payload").orElseThrow(), "camera.front", "0"))
                .isEqualTo(URL);
        assertThat(url(list.object("payload").orElseThrow(), "fixed", "0")).isEqualTo("rtsp://192.0.2.8/x");
    }

    @Test
    void edit_changesTheAddress_andKeepsAnotherIntegrationsHelper() throws Exception {
        oriel.call(
                "PUT", "/api/streams?name=camera.front&src=rtsp://192.0.2.7/a&src=ffmpeg:camera.front%23audio%3Dopus");

        assertThat(post("/stream/camera.front/edit", BODY).statusCode()).isEqualTo(200);

        JsonObject payload = payload(oriel.get("/stream/camera.front/info"));
        assertThat(channelUrl(payload, "0")).isEqualTo(URL);
        assertThat(channelUrl(payload, "1")).isEqualTo("ffmpeg:camera.front#audio=opus");
    }

    @Test
    void add_severalChannels_areSourcesInTheirOrder() throws Exception {
        assertThat(post(
                                "/stream/two/add",
                                "{\"channels\":{\"1\":{\"url\":\"rtsp://192.0.2.7/sub\"},"
                                        + "\"0\":{\"url\":\"rtsp://192.0.2.7/main\"}}}")
                        .statusCode())
                .isEqualTo(200);

        JsonObject payload = payload(oriel.get("/stream/two/info"));
        assertThat(channelUrl(payload, "0")).isEqualTo("rtsp://192.0.2.7/main");
        assertThat(channelUrl(payload, "1")).isEqualTo("rtsp://192.0.2.7/sub");
    }

    @ParameterizedTest
    @CsvSource({"GET,/delete", "POST,/delete", "DELETE,''"})
    void delete_everyWay_forgetsTheStream(String method, String path) throws Exception {
        post("/stream/camera.front/add", BODY);

        assertThat(oriel.call(method, "/stream/camera.front" + path).statusCode())
                .isEqualTo(200);

        assertThat(payload(oriel.get("/streams")).member("camera.front")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "reload"})
    void changeByGet_fromABrowser_isRefused(String path) throws Exception {
        post("/stream/camera.front/add", BODY);

        RawHttp answer = RawHttp.send(
                oriel.port(), "GET", "/stream/camera.front/" + path, "User-Agent: Mozilla/5.0 (X11)\r\n", "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(payload(oriel.get("/streams")).member("camera.front")).isPresent();
    }

    @Test
    void delete_ofTheFilesStream_saysWhereItIs() throws Exception {
        assertSays(oriel.call("POST", "/stream/fixed/delete"), 409, "defined in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /stream/none/info",
                "GET | /stream/none/codec",
                "POST | /stream/none/reload",
                "POST | /stream/none/edit",
                "POST | /stream/none/channel/0/webrtc",
                "POST | /stream/fixed/channel/1/webrtc",
                "POST | /stream/fixed/channel/x/webrtc",
                "GET | /stream/none/delete"
            })
    void unknownStreamOrChannel_isSaidInThePayload(String method, String path) throws Exception {
        assertSays(oriel.call(method, path), 404, "add it first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "{\"channels\":{\"a\":{\"url\":\"x\"}}}", "{\"channels\":{\"0\":{}}}"})
    void add_bodyThatIsNone_isSaidInThePayload(String body) throws Exception {
        assertSays(post("/stream/x/add", body), 400, "");
    }

    @Test
    void add_sourceThatIsForbidden_saysTheRule() throws Exception {
        assertSays(
                post("/stream/x/add", "{\"channels\":{\"0\":{\"url\":\"exec:reboot\"}}}"),
                400,
                "Over the network a source is");
    }

    @Test
    void offer_thatIsNone_isSaidInThePayload() throws Exception {
        assertSays(
                oriel.post("/stream/fixed/channel/0/webrtc", "application/x-www-form-urlencoded", "data=%21"), 400, "");
    }

    @Test
    void reload_triesNow() throws Exception {
        assertThat(oriel.get("/stream/fixed/reload").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return oriel.post(path, "application/json", body);
    }

    private static void assertSays(HttpResponse<String> answer, int status, String words) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(json(answer).integer("status")).hasValue(0);
        assertThat(json(answer).string("payload"))
                .hasValueSatisfying(text -> assertThat(text).isNotEmpty().contains(words));
    }

    private static String url(JsonObject payload, String stream, String channel) {
        return channelUrl(payload.object(stream).orElseThrow(), channel);
    }

    private static String channelUrl(JsonObject stream, String channel) {
        return stream.object("channels")
                .flatMap(channels -> channels.object(channel))
                .flatMap(facts -> facts.string("url"))
                .orElseThrow();
    }

    private static JsonObject payload(HttpResponse<String> answer) throws Exception {
        return json(answer).object("payload").orElseThrow();
    }

    private static JsonObject json(HttpResponse<String> answer) throws Exception {
        return (JsonObject) Json.parse(answer.body());
    }
}
