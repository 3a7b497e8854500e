package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
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
import oriel.testing.Proves;
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
    @Proves("S-171")
    void streams_isOneObject_withTheNames_andWhereTheirRtspAddressesBegin() throws Exception {
        RawHttp answer = RawHttp.send(oriel.port(), "GET", "/streams", "", "");
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonObject list = (JsonObject) Json.parse(answer.body());
        assertThat(list.members().keySet()).containsExactlyInAnyOrder("status", "payload", "streams", "rtsp_url_base");
        assertThat(list.strings("streams")).contains(List.of("fixed"));
        assertThat(list.string("rtsp_url_base")).contains("rtsp://127.0.0.1:8554/");
        assertThat(RawHttp.send(oriel.port(), "GET /streams HTTP/1.1\nHost: [::1]:1984", "")
                        .body())
                .contains("rtsp://[::1]:8554/");
        assertThat(RawHttp.send(oriel.port(), "GET /streams HTTP/1.1\nHost: localhost", "")
                        .body())
                .contains("rtsp://localhost:8554/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /stream/a/nothing | ''| 404",
                "GET | /stream/a/add | ''| 405",
                "PUT | /streams | ''| 405",
                "GET | /streams | X-Forwarded-For: 10.0.0.1| 401",
                "GET | /streams | Origin: http://evil.example| 403",
                "GET | /streams | Host: evil.example| 421",
            })
    void whatNoRouteAnswers_isSaidInThePayloadToo(String method, String path, String header, int status)
            throws Exception {
        RawHttp answer = header.startsWith("Host:")
                ? RawHttp.send(oriel.port(), method + " " + path + " HTTP/1.1\n" + header, "")
                : RawHttp.send(oriel.port(), method, path, header, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonObject said = (JsonObject) Json.parse(answer.body());
        assertThat(said.integer("status")).hasValue(0);
        assertThat(said.string("payload"))
                .hasValueSatisfying(text -> assertThat(text).isNotBlank());
    }

    @Test
    void bodyThatIsTooLarge_isSaidInThePayload() throws Exception {
        HttpResponse<String> answer = post("/stream/a/add", "x".repeat(300_000));
        assertSays(answer, 413, "256 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/stream/"})
    void rtspToWebRtc_withAndWithoutSlash_saysItsErrorsInItsOwnWay(String path) throws Exception {
        HttpResponse<String> answer = oriel.post(path, "application/x-www-form-urlencoded", "url=x");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).string("error"))
                .hasValueSatisfying(text -> assertThat(text).contains("sdp64"));
        RawHttp refused = RawHttp.send(oriel.port(), "POST", path, "X-Forwarded-For: 10.0.0.1", "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(((JsonObject) Json.parse(refused.body())).string("error")).isPresent();
    }

    @Test
    void oneConnection_carriesEveryCall_refusalsToo() throws Exception {
        try (KeptConnection connection = KeptConnection.open(oriel.port())) {
            assertThat(connection.call("GET", "/static", "", "")).contains("200 OK");
            assertThat(connection.call("GET", "/stream/none/info", "", "")).contains("404");
            assertThat(connection.call("POST", "/stream/x/add", "application/json", "{"))
                    .contains("400");
            assertThat(connection.call("POST", "/stream/x/add", "application/json", BODY))
                    .contains("200 OK");
            assertThat(connection.call("POST", "/stream/x/channel/0/webrtc", "text/plain", "data=%21"))
                    .contains("400");
            assertThat(connection.call("GET", "/streams", "", "")).contains("200 OK");
        }
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
