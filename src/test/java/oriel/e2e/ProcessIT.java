package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.testing.OrielProcess;
import oriel.testing.Proves;
import oriel.testing.Skipped;

/** The packaged jar as a process among others: how it starts, what it says, how it ends, what it leaves. */
@Timeout(180)
class ProcessIT {
    /** What a person or a service manager waits before using force. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String ANY_API = "api.listen=127.0.0.1:0";
    private static final String ANY_WEBRTC = "webrtc.listen=127.0.0.1:0";
    private static final String CLOCK = "^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

    @TempDir
    private Path folder;

    @Test
    @Proves({"S-002", "S-042", "S-083", "S-138", "S-180", "S-181"})
    void start_inAnEmptyFolder_listensOnTheUsualPortsAndSaysSoAsGo2rtcDoes() throws Exception {
        usualPortsOrSkip();
        try (OrielProcess oriel = OrielProcess.in(folder).start()) {
            oriel.awaitLine("\\[api\\] listen");

            assertThat(oriel.get("/livez").statusCode()).isEqualTo(200);
            List<String> said = oriel.lines();
            assertThat(said.get(0))
                    .matches(CLOCK + "INF oriel platform=[a-z]+/[a-z0-9]+ revision=[0-9a-z]+ version=0\\.1\\.0$");
            assertThat(said.get(1)).matches(CLOCK + "INF config path=.*go2rtc\\.ya?ml$");
            assertThat(said.get(2)).matches(CLOCK + "INF \\[config\\] no file .*");
            assertThat(said.get(3)).matches(CLOCK + "INF \\[webrtc\\] listen addr=:8555$");
            assertThat(said.get(4))
                    .matches(CLOCK + "INF \\[access\\] first start: other machines log in as admin with the password"
                            + " [a-z2-9]{20}, which is kept in .*password$");
            assertThat(said.get(4))
                    .contains(Files.readString(folder.resolve("password")).strip());
            assertThat(said.get(5)).matches(CLOCK + "INF \\[api\\] listen addr=:1984$");
            assertThat(said).hasSize(6);
            assertThat(streams(oriel).members().keySet()).containsExactly("demo");
        }
    }

    @Test
    void start_namedFileThatIsNotThere_isOneLine() throws Exception {
        try (OrielProcess oriel = OrielProcess.in(folder).start("-c", "none.yaml", "-c", ANY_API, "-c", ANY_WEBRTC)) {
            oriel.base();

            assertThat(oriel.lines())
                    .filteredOn(line -> line.contains("none.yaml"))
                    .hasSize(2);
            assertThat(oriel.lines().get(1)).matches(CLOCK + "INF config path=/.*/none\\.yaml$");
            assertThat(oriel.lines().get(2)).contains("INF [config] no file ");
        }
    }

    @Test
    @Proves({"S-040", "S-041", "S-204"})
    void start_fileInTheWorkingFolder_isRead() throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), """
                streams:
                  garden: rtsp://user:word@192.0.2.1/stream1
                """);
        try (OrielProcess oriel = start()) {
            assertThat(streams(oriel).members().keySet()).containsExactly("garden");
            assertThat(oriel.lines()).noneMatch(line -> line.contains("word"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @Proves("S-134")
    void signal_endsEverythingWithinFiveSecondsAndWith0(String signal) throws Exception {
        try (OrielProcess oriel = startWithDemo()) {
            oriel.base();
            List<ProcessHandle> children = oriel.awaitChildren();

            oriel.signal(signal);

            assertThat(oriel.exitCode(GRACE)).isEqualTo(OptionalInt.of(0));
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(oriel.awaitLine("stopping")).contains("INF");
            assertThat(oriel.lines()).noneMatch(line -> line.contains(" ERR ") || line.contains("Exception"));
        }
    }

    // They are Micronaut's, of which an owner knows nothing.
    @Test
    void start_variablesOfMicronauts_meanNothing() throws Exception {
        Files.writeString(folder.resolve("application.yml"), "micronaut: {server: {context-path: /elsewhere}}");
        try (OrielProcess oriel = OrielProcess.in(folder)
                .environment(Map.of("MICRONAUT_SERVER_CONTEXT_PATH", "/elsewhere"))
                .start("-c", ANY_API, "-c", ANY_WEBRTC)) {
            assertThat(oriel.get("/livez").statusCode()).isEqualTo(200);
            assertThat(oriel.get("/elsewhere/livez").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void hangUp_readsTheConfigurationAgain_andEndsNothing() throws Exception {
        Path file = folder.resolve("go2rtc.yaml");
        Files.writeString(file, "streams: {garden: \"rtsp://192.0.2.1/a\"}");
        try (OrielProcess oriel = start()) {
            oriel.base();

            oriel.signal("HUP");
            assertThat(oriel.awaitLine("read again")).contains("INF [config] read again: nothing changed");
            Files.writeString(file, "streams: {door: \"rtsp://192.0.2.1/b\"}");
            oriel.signal("HUP");
            oriel.awaitLine("read again\\. Added: door\\. Removed: garden");

            assertThat(streams(oriel).members().keySet()).containsExactly("door");
            assertThat(oriel.handle().isAlive()).isTrue();
        }
    }

    @Test
    void changedFile_isReadByItself() throws Exception {
        Path file = folder.resolve("go2rtc.yaml");
        Files.writeString(file, "streams: {garden: \"rtsp://192.0.2.1/a\"}");
        try (OrielProcess oriel = start()) {
            oriel.base();

            Files.writeString(file, "streams: {garden: [");
            assertThat(oriel.awaitLine("is not used"))
                    .contains(" WRN [config] ")
                    .contains("go2rtc.yaml:1");
            Files.writeString(file, "streams: {garden: \"rtsp://192.0.2.1/a\", door: \"rtsp://192.0.2.1/b\"}");
            oriel.awaitLine("read again\\. Added: door\\.");

            assertThat(streams(oriel).members().keySet()).containsExactly("garden", "door");
        }
    }

    @Test
    void kill_takesTheMediaWorkerAlong() throws Exception {
        try (OrielProcess oriel = startWithDemo()) {
            oriel.base();
            List<ProcessHandle> children = oriel.awaitChildren();

            oriel.signal("KILL");

            for (ProcessHandle child : children) {
                assertThat(OrielProcess.ended(child, PATIENCE)).isTrue();
            }
        }
    }

    @Test
    void parentWatched_dies_endsOrielAndItsChildren() throws Exception {
        try (OrielProcess oriel = OrielProcess.in(folder)
                .option("-Doriel.parent=watch")
                .belowShell()
                .start("-c", "{preload: {demo: }}", "-c", ANY_API, "-c", ANY_WEBRTC)) {
            oriel.base();
            ProcessHandle handle = oriel.handle();
            List<ProcessHandle> children = oriel.awaitChildren();

            oriel.killParent();

            assertThat(OrielProcess.ended(handle, PATIENCE)).isTrue();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "api: {listen: 'nowhere'}            | api.listen     | nowhere  | port",
                "streams: {a: [rtsp://x, {b: c}]}    | streams.a      | a map    | text",
                "webrtc: {listen: ':99999'}          | webrtc.listen  | :99999   | 0 to 65535",
                "log: {level: loud}                  | log.level      | loud     | info",
            })
    void start_badConfiguration_endsWith2AndSaysLineKeyValueAndRule(String yaml, String key, String value, String rule)
            throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), "# a line\n" + yaml + "\n");
        try (OrielProcess oriel = OrielProcess.in(folder).start()) {
            assertThat(oriel.exitCode(PATIENCE)).isEqualTo(OptionalInt.of(2));
            String said = oriel.awaitLine("go2rtc\\.yaml:2: ");
            assertThat(said).contains(key, value, rule);
            assertThat(oriel.lines()).hasSize(1);
        }
    }

    @Test
    void start_configurationThatIsNotYaml_endsWith2AndSaysTheLine() throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), "streams:\n  a: [rtsp://x\n");
        try (OrielProcess oriel = OrielProcess.in(folder).start()) {
            assertThat(oriel.exitCode(PATIENCE)).isEqualTo(OptionalInt.of(2));
            assertThat(oriel.awaitLine("not YAML")).contains("go2rtc.yaml:");
            assertThat(oriel.lines()).hasSize(1);
        }
    }

    @Test
    void version_isPrinted_andIsNoSnapshot() throws Exception {
        try (OrielProcess oriel = OrielProcess.in(folder).start("--version")) {
            assertThat(oriel.exitCode(PATIENCE)).isEqualTo(OptionalInt.of(0));
            assertThat(oriel.awaitLine("version")).matches("oriel version 0\\.1\\.0 \\([0-9a-z]+\\) [a-z]+/[a-z0-9]+");
        }
    }

    @Test
    void apiPort_taken_isTriedUntilItIsFree() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.1", 0));
            String address = "127.0.0.1:" + other.getLocalPort();
            try (OrielProcess oriel = OrielProcess.in(folder).start("-c", "api.listen=" + address, "-c", ANY_WEBRTC)) {
                assertThat(oriel.awaitLine("WRN \\[api\\] ")).contains(address);
                other.close();

                assertThat(oriel.get("/livez").statusCode()).isEqualTo(200);
                assertThat(oriel.lines())
                        .filteredOn(line -> line.contains(" WRN "))
                        .hasSize(1);
            }
        }
    }

    @Test
    void webrtcPort_taken_isTriedUntilItIsFree_andTheApiServesMeanwhile() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            String address = "127.0.0.1:" + other.getLocalPort();
            try (OrielProcess oriel = OrielProcess.in(folder).start("-c", "webrtc.listen=" + address, "-c", ANY_API)) {
                assertThat(oriel.awaitLine("WRN \\[webrtc\\] ")).contains(address);
                assertThat(oriel.get("/livez").statusCode()).isEqualTo(200);
                other.close();

                assertThat(oriel.awaitLine("INF \\[webrtc\\] listen")).contains(address);
            }
        }
    }

    @Test
    void webrtcPort_takenByAnotherOriel_isNotShared() throws Exception {
        try (OrielProcess first = OrielProcess.in(Files.createDirectory(folder.resolve("first")))
                .start("-c", ANY_API, "-c", ANY_WEBRTC)) {
            String address = first.awaitLine("\\[webrtc\\] listen").replaceAll(".*addr=", "");
            try (OrielProcess second = OrielProcess.in(Files.createDirectory(folder.resolve("second")))
                    .start("-c", "webrtc.listen=" + address, "-c", ANY_API)) {
                assertThat(second.awaitLine("\\[webrtc\\] ")).contains("WRN", address);
            }
        }
    }

    @Test
    @Proves("S-086")
    void apiListen_onOneAddress_isReachedByNoOther() throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), "streams: {}\n");
        try (OrielProcess oriel = start();
                Socket socket = new Socket()) {
            int port = URI.create(oriel.base()).getPort();
            assertThat(oriel.get("/livez").statusCode()).isEqualTo(200);

            // Also an address of this machine.
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress("127.0.0.2", port), 10_000))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @Proves({"S-134", "S-135", "S-142", "S-149", "S-150", "S-172", "S-200"})
    void parentProgram_needsNothingButTheFileTheProcessAndTheApi() throws Exception {
        Path file = Files.createDirectory(folder.resolve("config")).resolve("go2rtc.yaml");
        String settings = "api: {listen: \"127.0.0.1:0\"}\nwebrtc: {listen: \"127.0.0.1:0\"}\n";
        Files.writeString(file, settings + "streams:\n  # my parent adds them\n");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (OrielProcess oriel = OrielProcess.in(elsewhere).start("-c", file.toString())) {
            assertThat(oriel.call("POST", "/api/streams?name=door&src=rtsp%3A%2F%2F127.0.0.1%3A9%2Fa")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(oriel.call("PUT", "/api/streams?name=gate&src=rtsp%3A%2F%2F127.0.0.1%3A9%2Fb")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(streams(oriel).members().keySet()).containsExactlyInAnyOrder("door", "gate");
            assertThat(oriel.call("DELETE", "/api/streams?src=gate").statusCode())
                    .isEqualTo(200);
            oriel.signal("TERM");
            assertThat(oriel.exitCode(PATIENCE)).isEqualTo(OptionalInt.of(0));
        }
        Files.writeString(file, settings + "streams:\n  garden: rtsp://192.0.2.1/stream1\n");
        try (OrielProcess oriel = OrielProcess.in(elsewhere).start("-c", file.toString())) {
            assertThat(streams(oriel).members().keySet()).containsExactlyInAnyOrder("garden", "door");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void apiListen_empty_opensNoApi() throws Exception {
        try (OrielProcess oriel = OrielProcess.in(folder).start("-c", "{api: {listen: \"\"}}", "-c", ANY_WEBRTC)) {
            oriel.awaitLine("\\[webrtc\\] listen");
            // Ends by the signal in order, so it has gone all the way up.
            oriel.signal("TERM");
            assertThat(oriel.exitCode(PATIENCE)).isEqualTo(OptionalInt.of(0));
            assertThat(oriel.lines()).noneMatch(line -> line.contains("[api]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    @Proves({"S-127", "S-136", "S-137", "S-190", "S-191"})
    void streamsAndPreloads_addedByTheApi_surviveTheEnd(String signal) throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), "streams: {}\n");
        String source = "rtsp://user:pa%2Fss@127.0.0.1:9/a?b=c&d=%25";
        String encoded = "rtsp%3A%2F%2Fuser%3Apa%252Fss%40127.0.0.1%3A9%2Fa%3Fb%3Dc%26d%3D%2525";
        try (OrielProcess oriel = start()) {
            assertThat(oriel.call("PUT", "/api/streams?name=camera&src=" + encoded)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(oriel.call("PUT", "/api/streams?name=other&src=" + encoded)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(oriel.call("PUT", "/api/preload?src=camera").statusCode())
                    .isEqualTo(200);
            assertThat(oriel.call("DELETE", "/api/streams?src=other").statusCode())
                    .isEqualTo(200);
            oriel.signal(signal);
            assertThat(oriel.exitCode(PATIENCE)).isPresent();
        }
        try (OrielProcess oriel = start()) {
            assertThat(streams(oriel).members().keySet()).containsExactly("camera");
            assertThat(oriel.get("/api/streams?src=camera").body()).contains('"' + source + '"');
            assertThat(oriel.get("/api/preload").body()).contains("\"camera\"");
        }
    }

    private OrielProcess start() throws IOException {
        return OrielProcess.in(folder).start("-c", "go2rtc.yaml", "-c", ANY_API, "-c", ANY_WEBRTC);
    }

    /** One whose media worker runs. */
    private OrielProcess startWithDemo() throws IOException {
        return OrielProcess.in(folder).start("-c", "{preload: {demo: }}", "-c", ANY_API, "-c", ANY_WEBRTC);
    }

    private static JsonObject streams(OrielProcess oriel) throws IOException, InterruptedException, MalformedException {
        return (JsonObject) Json.parse(oriel.get("/api/streams").body());
    }

    private static void usualPortsOrSkip() {
        try (ServerSocket api = new ServerSocket(1984);
                DatagramSocket webrtc = new DatagramSocket(8555)) {
            assertThat(api.isBound() && webrtc.isBound()).isTrue();
        } catch (IOException e) {
            throw Skipped.because("the start without configuration", "port 1984 or 8555 is taken: " + e.getMessage());
        }
    }
}
