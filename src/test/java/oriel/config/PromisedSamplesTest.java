package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.testing.Proves;

/** Configurations as other programs write them, and as their guides print them, mean here what they mean there. */
class PromisedSamplesTest {
    @TempDir
    Path folder;

    @Test
    @Proves({"S-146", "S-147", "S-189"})
    void load_whatARecorderWrites_isTakenWithoutAWord() throws Exception {
        LoadedConfig loaded = load("go2rtc.yaml", """
                # written by the recorder; everything but streams may be edited
                api:
                  listen: ":1984"
                  base_path: /go2rtc/

                webrtc:
                  ice_servers:
                    - urls: [stun:stun.l.google.com:19302]
                    # - urls: [turn:turn.example.org:3478]
                    #   username: user
                    #   credential: password

                log:
                  level: info

                streams:
                  # added by the recorder
                """);

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.config().streams()).isEmpty();
        assertThat(loaded.config().api().listen()).contains(new Listen("", 1984, Transport.TCP));
        assertThat(loaded.config().webrtc().iceServers())
                .containsExactly(new IceServer(List.of("stun:stun.l.google.com:19302"), "", Optional.empty()));
        assertThat(loaded.config().log().level()).isEqualTo(LogLevel.INFO);
    }

    @Test
    @Proves({"S-187", "S-188", "S-189"})
    void load_whatAPoseDetectorWrites_isTaken() throws Exception {
        LoadedConfig loaded = load("go2rtc.yml", """
                api:
                  listen: ":1984"
                rtsp:
                  listen: ":8554"
                log:
                  level: info
                  out: stdout
                streams: {}
                """);

        assertThat(loaded.file().orElseThrow()).hasFileName("go2rtc.yml");
        assertThat(loaded.notes()).noneMatch(ConfigNote::warning);
        assertThat(loaded.config().log().output()).isEqualTo(new LogOutput.Stdout());
        assertThat(loaded.config().streams()).isEmpty();
    }

    @Test
    @Proves({"S-040", "S-041", "S-138", "S-165", "S-178"})
    void load_onlyStreams_isEnough() throws Exception {
        LoadedConfig loaded = load("go2rtc.yaml", """
                streams:
                  camera1: rtsp://username:password@192.0.2.1/stream
                """);

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.config().streams())
                .containsExactly(Map.entry(
                        "camera1", new StreamConfig(true, List.of("rtsp://username:password@192.0.2.1/stream"))));
        assertThat(loaded.config().api().listen().orElseThrow().port()).isEqualTo(1984);
        assertThat(loaded.config().webrtc().listen().orElseThrow().port()).isEqualTo(8555);
    }

    @Test
    @Proves({"S-047", "S-054"})
    void load_oneLinkOrSeveral_areAStream() throws Exception {
        Map<String, StreamConfig> streams = load("go2rtc.yaml", """
                        streams:
                          one: rtsp://192.0.2.1/main
                          two:
                            - rtsp://192.0.2.1/main
                            - rtsp://192.0.2.1/sub
                            - ffmpeg:rtsp://192.0.2.1/main#audio=opus
                        """).config().streams();

        assertThat(streams)
                .containsEntry("one", new StreamConfig(true, List.of("rtsp://192.0.2.1/main")))
                .containsEntry(
                        "two",
                        new StreamConfig(
                                true,
                                List.of(
                                        "rtsp://192.0.2.1/main",
                                        "rtsp://192.0.2.1/sub",
                                        "ffmpeg:rtsp://192.0.2.1/main#audio=opus")));
    }

    @ParameterizedTest
    @CsvSource({"trace", "debug", "info", "warn", "error", "fatal"})
    @Proves({"S-116", "S-118", "S-148"})
    void load_everyLevel_isTheDefaultAndAModules(String name) throws Exception {
        LogConfig log = load("go2rtc.yaml", "log: {level: " + name + ", webrtc: " + name + "}")
                .config()
                .log();

        assertThat(log.level()).hasToString(name.toUpperCase(Locale.ROOT));
        assertThat(log.modules()).containsEntry("webrtc", log.level());
    }

    private LoadedConfig load(String file, String yaml) throws Exception {
        Files.writeString(folder.resolve(file), yaml);
        return new ConfigLoader(folder, Map.of()).load(List.of());
    }
}
