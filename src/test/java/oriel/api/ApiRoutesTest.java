package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.access.LinkTokens;
import oriel.access.SessionLedger;
import oriel.access.SourcePolicy;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.catalog.Catalog;
import oriel.catalog.Preloads;
import oriel.config.ConfigException;
import oriel.config.ConfigLoader;
import oriel.config.ConfigPlaces;
import oriel.config.ConfigReload;
import oriel.config.ConfigReviewer;
import oriel.config.LoadedConfig;
import oriel.config.MovingIn;
import oriel.config.ReloadReport;
import oriel.homeassistant.supervisor.HomeAssistant;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.Dialer;
import oriel.net.MediaLoops;
import oriel.output.still.StillOutput;
import oriel.process.Children;
import oriel.source.ffmpeg.FfmpegSourceFactory;
import oriel.source.rtsp.RtspSourceFactory;
import oriel.state.StateStore;
import oriel.stream.StreamRegistry;
import oriel.testing.MemoryPins;
import oriel.testing.Proves;
import oriel.worker.MediaWorker;
import oriel.worker.WorkerSettings;

@MicronautTest(startApplication = true)
@Property(name = "spec", value = "ApiRoutesTest")
@Property(name = "micronaut.server.port", value = "-1")
@Property(name = "micronaut.server.max-request-size", value = "262144")
@Property(name = "micronaut.server.cors.localhost-pass-through", value = "true")
class ApiRoutesTest {
    @Inject
    EmbeddedServer server;

    @Inject
    ApiServices services;

    /** A gateway without WebRTC and cameras. */
    @Factory
    @Requires(property = "spec", value = "ApiRoutesTest")
    static class Parts {
        @Singleton
        PageDoor pages(ApiServices services) {
            return new PageDoor(services);
        }

        @Bean
        @Singleton
        ApiServices services() throws IOException, ConfigException {
            Path folder = Files.createTempDirectory("oriel-api-test");
            folder.toFile().deleteOnExit();
            LoadedConfig loaded = new ConfigLoader(folder, Map.of())
                    .load(List.of("{streams: {door: \"rtsp://admin:pass:w@rd@192.0.2.9/a?x=1\"},"
                            + " api: {origin: \"http://nvr.lan:8012\"}}"));
            Seams seams = Seams.system();
            MediaLoops loops = MediaLoops.open(1);
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            StreamRegistry streams = new StreamRegistry(seams, loops::next, threads);
            RtspSourceFactory rtsp = new RtspSourceFactory(new Dialer(loops, seams, new MemoryPins()), seams);
            streams.register(rtsp);
            streams.register(new FfmpegSourceFactory(rtsp.schemes()));
            StateStore state = StateStore.open(folder, seams);
            Catalog catalog = new Catalog(streams, state, loaded, Optional.empty());
            catalog.start();
            LinkTokens links = new LinkTokens(state, Secret.of("key"), seams);
            DoorGuard guard = TestDoors.guard(loaded, links, seams);
            ConfigReload reload = new ConfigReload(
                    new ConfigPlaces(new ConfigLoader(folder, Map.of()), List.of()),
                    loaded,
                    now -> ReloadReport.NOTHING);
            return new ApiServices(
                    new About("0.1.0", "abc1234", "/config/go2rtc.yaml"),
                    catalog,
                    new Preloads(streams, state, Map.of(), seams, threads),
                    streams,
                    Optional.empty(),
                    Optional::empty,
                    new StillOutput(
                            streams,
                            new MediaWorker(WorkerSettings.standard(), new Children(seams.clock()), seams),
                            loops::next,
                            seams.clock(),
                            threads),
                    guard,
                    links,
                    new SessionLedger(guard.rights(), seams.clock()),
                    Optional::empty,
                    loaded.redactions(),
                    new SourcePolicy(List.of()),
                    loaded.config().api(),
                    List::of,
                    reload,
                    new MovingIn(reload, new ConfigReviewer((source, isStream) -> Optional.empty(), name -> false)),
                    folder,
                    new LimitCounters(),
                    new HomeAssistant(Optional.empty(), seams, threads),
                    Optional::empty,
                    seams.clock());
        }
    }

    private RawHttp call(String method, String path) throws IOException {
        return RawHttp.send(server.getPort(), method, path, "", "");
    }

    private RawHttp call(String method, String path, String headers, String body) throws IOException {
        return RawHttp.send(server.getPort(), method, path, headers, body);
    }

    private JsonObject streams() throws IOException, MalformedException {
        return (JsonObject) Json.parse(call("GET", "/api/streams").body());
    }

    private List<String> urls(String name) throws IOException, MalformedException {
        return streams().object(name).orElseThrow().array("producers").orElseThrow().items().stream()
                .map(item -> ((JsonObject) item).string("url").orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/info"})
    @Proves("S-195")
    void info_isWhatHomeAssistantAccepts(String path) throws Exception {
        RawHttp answer = call("GET", path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        JsonObject info = (JsonObject) Json.parse(answer.body());
        assertThat(info.string("version")).contains("1.99.0+oriel.0.1.0");
        assertThat(info.string("oriel")).contains("0.1.0");
        assertThat(info.string("revision")).contains("abc1234");
        assertThat(info.string("config_path")).contains("/config/go2rtc.yaml");
        assertThat(info.object("rtsp")).isPresent();
    }

    @Test
    void schemes_areThoseThatWork() throws Exception {
        assertThat(call("GET", "/api/schemes").body()).isEqualTo("[\"ffmpeg\",\"rtsp\",\"rtsps\",\"rtspx\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/health"})
    @Proves("S-151")
    void health_answers(String path) throws Exception {
        assertThat(call("GET", path).status()).isEqualTo(200);
    }

    @Test
    @Proves({"S-198", "S-152"})
    void streams_echoTheSourceByteForByte_withStateAndConsumers() throws Exception {
        JsonObject door = streams().object("door").orElseThrow();
        assertThat(urls("door")).containsExactly("rtsp://admin:pass:w@rd@192.0.2.9/a?x=1");
        assertThat(door.string("state")).contains("idle");
        assertThat(door.array("consumers").orElseThrow().items()).isEmpty();
        assertThat(call("GET", "/api/streams?src=door").body()).contains("\"producers\":[{\"url\":\"rtsp://admin");
        assertThat(call("GET", "/api/streams?src=nobody")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("stream not found");
        });
    }

    @Test
    void put_repeatedSources_andANameWithPercentSigns_isDecodedOnce() throws Exception {
        String name = "rigcam_door%25201%253A%25C3%25BC%2523x";
        RawHttp put = call(
                "PUT",
                "/api/streams?name=" + name + "&src=rtsp://u:p%2540x@192.0.2.8:554/h264&src=ffmpeg:" + name
                        + "%23audio%3Dopus%23query%3Dlog_level%3Ddebug");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body()).isEmpty();
        assertThat(urls("rigcam_door%201%3A%C3%BC%23x"))
                .containsExactly(
                        "rtsp://u:p%40x@192.0.2.8:554/h264",
                        "ffmpeg:rigcam_door%201%3A%C3%BC%23x#audio=opus#query=log_level=debug");
        assertThat(call("DELETE", "/api/streams?src=" + name).status()).isEqualTo(200);
        assertThat(streams().member("rigcam_door%201%3A%C3%BC%23x")).isEmpty();
    }

    @Test
    @Proves({"S-196", "S-197", "S-205"})
    void post_jsonBody_addsAndUpdates_withOneSourceOrAList() throws Exception {
        String json = "Content-Type: application/json";
        assertThat(call("POST", "/api/streams", json, "{\"name\":\"camera\",\"src\":\"rtsp://192.0.2.7/1\"}")
                        .status())
                .isEqualTo(200);
        assertThat(urls("camera")).containsExactly("rtsp://192.0.2.7/1");
        assertThat(call("POST", "/api/streams", json, "{\"name\":\"camera\",\"src\":[\"rtsp://192.0.2.7/2\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(urls("camera")).containsExactly("rtsp://192.0.2.7/2");
        assertThat(call("POST", "/api/streams", json, "{\"name\":\"camera\"").status())
                .isEqualTo(400);
        assertThat(call("POST", "/api/streams", json, "[]").status()).isEqualTo(400);
        assertThat(call("POST", "/api/streams?name=camera&src=rtsp://192.0.2.7/3")
                        .status())
                .isEqualTo(200);
        assertThat(urls("camera")).containsExactly("rtsp://192.0.2.7/3");
        assertThat(call("PATCH", "/api/streams?name=camera&src=rtsp://192.0.2.7/4")
                        .status())
                .isEqualTo(200);
        assertThat(urls("camera")).containsExactly("rtsp://192.0.2.7/4");
        call("DELETE", "/api/streams?src=camera");
    }

    @Test
    void put_withoutName_listsUnderTheAddressWithoutSecrets() throws Exception {
        assertThat(call("PUT", "/api/streams?src=rtsp://u:secret@192.0.2.6/live?token=x")
                        .status())
                .isEqualTo(200);
        assertThat(urls("rtsp://192.0.2.6/live")).containsExactly("rtsp://u:secret@192.0.2.6/live?token=x");
        call("DELETE", "/api/streams?src=rtsp://192.0.2.6/live");
    }

    @Test
    void aNameOfTheFile_isNoErrorToAdd_andAConflictToDelete() throws Exception {
        assertThat(call("PUT", "/api/streams?name=door&src=rtsp://192.0.2.1/other")
                        .status())
                .isEqualTo(200);
        assertThat(urls("door")).containsExactly("rtsp://admin:pass:w@rd@192.0.2.9/a?x=1");
        assertThat(call("DELETE", "/api/streams?src=door").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:ls",
                "%20exec:ls",
                "EXEC:ls",
                "echo:x",
                "file:///etc/passwd",
                "ffmpeg:x%23raw=-i%20/etc/passwd",
                "concat:a",
                "demo:",
                "rtsp",
            })
    void put_forbiddenSource_is400WithTheRule_andChangesNothing(String source) throws Exception {
        RawHttp answer = call("PUT", "/api/streams?name=bad&src=" + source);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isNotBlank().doesNotContain("Exception");
        assertThat(streams().member("bad")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/streams",
        "PUT, /api/streams?name=x",
        "PUT, /api/streams?name=a%0Ab&src=rtsp://192.0.2.1/x",
        "PUT, /api/streams?name=%20&src=rtsp://192.0.2.1/x",
        "DELETE, /api/streams",
        "PUT, /api/preload",
        "POST, /api/webrtc",
    })
    void whatMakesNoSense_is400InWords(String method, String path) throws Exception {
        RawHttp answer = call(method, path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isNotBlank().doesNotContain("Exception").doesNotContain("at oriel");
    }

    @Test
    void preload_isListedWithItsQuery_andForgotten() throws Exception {
        assertThat(call("PUT", "/api/preload?src=nobody").status()).isEqualTo(404);
        assertThat(call("PUT", "/api/preload?src=door").status()).isEqualTo(200);
        JsonObject all = (JsonObject) Json.parse(call("GET", "/api/preload").body());
        assertThat(all.object("door").orElseThrow().string("query")).contains("video&audio");
        assertThat(call("DELETE", "/api/preload?src=door").status()).isEqualTo(200);
        assertThat(call("GET", "/api/preload").body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "evil.example:1984, 421",
        "user@localhost, 421",
        "localhost, 200",
        "local-oriel:1984, 200",
        "oriel.local, 200",
        "[::1]:1984, 200",
        "192.168.1.2, 200",
    })
    void host_onlyNamesThatNobodyElseCanOwn(String host, int status) throws Exception {
        assertThat(RawHttp.send(server.getPort(), "GET /api HTTP/1.1\nHost: " + host, "")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void twoHosts_orNone_areRefused() throws Exception {
        assertThat(RawHttp.send(server.getPort(), "GET /api HTTP/1.1\nHost: localhost\nHost: localhost", "")
                        .status())
                .isIn(400, 421);
        assertThat(RawHttp.send(server.getPort(), "GET /api HTTP/1.1", "").status())
                .isIn(400, 421);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9999, 200",
        "http://nvr.lan:8012, 200",
        "http://evil.example, 403",
        "null, 403",
    })
    void origin_mustBeOursOrNamed(String origin, int status) throws Exception {
        RawHttp answer = call("PUT", "/api/streams?name=door&src=rtsp://192.0.2.1/x", "Origin: " + origin, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void preflight_ofANamedOrigin_isAllowed_ofAForeignOneNot() throws Exception {
        RawHttp named =
                call("OPTIONS", "/api/streams", "Origin: http://nvr.lan:8012\nAccess-Control-Request-Method: PUT", "");
        assertThat(named.status()).isEqualTo(204);
        assertThat(named.header("Access-Control-Allow-Origin")).contains("http://nvr.lan:8012");
        assertThat(named.header("Access-Control-Allow-Methods").orElseThrow()).contains("PATCH");
        assertThat(call(
                                "OPTIONS",
                                "/api/streams",
                                "Origin: http://evil.example\nAccess-Control-Request-Method: PUT",
                                "")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.168.1.9",
                "Forwarded: for=192.168.1.9",
                "X-Forwarded-Host: x",
                "Via: 1.1 proxy",
            })
    void whatCameThroughAProxy_isAskedForALogin_andToldWhy(String header) throws Exception {
        RawHttp answer = call("GET", "/api", header, "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Basic realm=\"Oriel\", charset=\"UTF-8\"");
        assertThat(answer.body()).contains("proxy").contains("Log in");
    }

    @Test
    void unknownPath_unknownMethod_largeBody_areShortAnswers() throws Exception {
        assertThat(call("GET", "/api/nothing").status()).isEqualTo(404);
        assertThat(call("DELETE", "/api/schemes").status()).isEqualTo(405);
        RawHttp large = call("POST", "/api/streams", "Content-Type: application/json", "x".repeat(300_000));
        assertThat(large.status()).isEqualTo(413);
        for (RawHttp answer : List.of(call("GET", "/api/nothing"), call("DELETE", "/api/schemes"), large)) {
            assertThat(answer.body()).doesNotContain("_links").doesNotContain("micronaut");
        }
    }

    @Test
    void webrtc_withoutItsPort_says503() throws Exception {
        RawHttp answer = call("POST", "/api/webrtc?src=door", "Content-Type: application/sdp", "v=0");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(answer.body()).contains("webrtc.listen");
    }

    @Test
    void tryNow_ofAnUnknownStream_is404() throws Exception {
        assertThat(call("POST", "/api/oriel/try?src=nobody").status()).isEqualTo(404);
        assertThat(call("POST", "/api/oriel/try?src=door").status()).isEqualTo(204);
        assertThat(services.catalog().find("door")).isPresent();
    }

    @Test
    void limits_showWhatEachHolds_whatHappensThen_andHowOftenItDid() throws Exception {
        Drops drops = new Drops();
        services.limits().drops("room", drops);
        services.limits()
                .limits(() -> List.of(
                        Limit.of("room.things", 3, "things", "A fourth is thrown away.")
                                .filledBy(() -> 2)
                                .countedBy(drops, "thing-full"),
                        Limit.of("room.other", 1, "other", "It is dropped.")));
        drops.count("thing-full", 5);
        drops.count("odd");
        assertThat(call("GET", "/api/oriel/limits").body())
                .contains("{\"name\":\"room.things\",\"bound\":3,\"unit\":\"things\","
                        + "\"whenFull\":\"A fourth is thrown away.\",\"filled\":2,\"counts\":{\"thing-full\":5}},"
                        + "{\"name\":\"room.other\",\"bound\":1,\"unit\":\"other\",\"whenFull\":\"It is dropped.\","
                        + "\"counts\":{}}],\"drops\":{\"api\":{")
                .endsWith("},\"room\":{\"odd\":1,\"thing-full\":5}}}");
    }

    @Test
    void rtspToWebRtcProbe_isAsItsIntegrationWantsIt() throws Exception {
        RawHttp answer = call("GET", "/static");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":1,\"payload\":{}}");
        RawHttp bad = call("POST", "/stream", "Content-Type: application/x-www-form-urlencoded", "url=rtsp%3A%2F%2Fh");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body()).contains("\"error\":").contains("sdp64");
    }
}
