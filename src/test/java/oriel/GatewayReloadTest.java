package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Seams;
import oriel.catalog.ImportedCamera;
import oriel.config.ConfigLoader;
import oriel.config.ConfigPlaces;
import oriel.config.ConfigReload;
import oriel.config.LoadedConfig;
import oriel.config.ReloadReport;
import oriel.stream.LiveStream;

/** What a reload changes in a gateway without doors. */
@Timeout(60)
class GatewayReloadTest {
    private static final String START = """
            streams:
              same: rtsp://192.0.2.1/same
              gone: rtsp://192.0.2.1/gone
              other: rtsp://192.0.2.1/one
            webrtc: {candidates: ["192.0.2.7:8555"]}
            """;

    @TempDir
    private Path folder;

    private Gateway gateway;
    private ConfigReload reload;

    @BeforeEach
    void start() throws Exception {
        write(START);
        ConfigPlaces places =
                new ConfigPlaces(new ConfigLoader(folder, Map.of()), List.of("go2rtc.yaml", "webrtc.listen=\"\""));
        LoadedConfig loaded = places.load();
        gateway = Gateway.start(loaded, Seams.system());
        reload = new ConfigReload(places, loaded, gateway);
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("go2rtc.yaml"), text);
    }

    private List<String> names() {
        return gateway.streams().all().stream().map(LiveStream::name).toList();
    }

    private ReloadReport reload(String text) throws Exception {
        write(text);
        return reload.reload();
    }

    @Test
    void sameAgain_changesNothing() throws Exception {
        assertThat(reload("# a comment\n" + START)).isEqualTo(ReloadReport.NOTHING);
    }

    @Test
    void streams_areAddedRemovedAndChanged_andTheOthersAreTheSameObjects() throws Exception {
        LiveStream same = gateway.streams().find("same").orElseThrow();
        ReloadReport report = reload("""
                streams:
                  same: rtsp://192.0.2.1/same
                  other: [rtsp://192.0.2.1/two]
                  fresh: rtsp://192.0.2.1/fresh
                webrtc: {candidates: ["192.0.2.7:8555"]}
                """);
        assertThat(report.changes())
                .containsExactly(
                        "Added: fresh.",
                        "Removed: gone; who watched was told so.",
                        "Changed: other; who watched what is no longer there was told so.");
        assertThat(report.afterRestart()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("same", "other", "fresh");
        assertThat(gateway.streams().find("same")).containsSame(same);
        assertThat(gateway.streams().find("other").orElseThrow().sourceTexts()).containsExactly("rtsp://192.0.2.1/two");
    }

    @Test
    void switchedOff_andOnAgain() throws Exception {
        reload(START.replace("rtsp://192.0.2.1/gone", "false"));
        assertThat(gateway.streams().find("gone").orElseThrow().disabled()).isTrue();
        reload(START);
        assertThat(gateway.streams().find("gone").orElseThrow().disabled()).isFalse();
    }

    @Test
    void nameThatTheFileGivesUp_isAgainWhatWasAddedUnderIt() throws Exception {
        gateway.catalog().add("later", List.of("rtsp://192.0.2.9/added"));
        reload(START.replace("gone:", "later:"));
        assertThat(gateway.streams().find("later").orElseThrow().sourceTexts())
                .containsExactly("rtsp://192.0.2.1/gone");
        reload(START);
        assertThat(gateway.streams().find("later").orElseThrow().sourceTexts())
                .containsExactly("rtsp://192.0.2.9/added");
        assertThat(gateway.catalog().remove("later")).isTrue();
    }

    @Test
    void homeAssistantsCamera_hasItsNameBack_whenTheFileGivesItUp() throws Exception {
        gateway.catalog()
                .imported(List.of(new ImportedCamera("id", "gone", List.of("rtsp://192.0.2.3/theirs"), Map.of())));
        assertThat(gateway.streams().find("gone").orElseThrow().sourceTexts()).containsExactly("rtsp://192.0.2.1/gone");
        reload(START.replace("gone:", "elsewhere:"));
        assertThat(names()).containsExactlyInAnyOrder("same", "other", "elsewhere", "gone (2)");
        assertThat(gateway.catalog().importedName("id")).contains("gone (2)");
    }

    @Test
    void noStreamLeft_isTheDemo_unlessItsOwnerWantsNone() throws Exception {
        reload("webrtc: {candidates: [\"192.0.2.7:8555\"]}");
        assertThat(names()).containsExactly("demo");
        assertThat(reload("oriel: {demo: off}\nwebrtc: {candidates: [\"192.0.2.7:8555\"]}")
                        .changes())
                .containsExactly("The demo camera is off.");
        assertThat(names()).isEmpty();
        reload("streams: {demo: \"rtsp://192.0.2.1/mine\"}\nwebrtc: {candidates: [\"192.0.2.7:8555\"]}");
        assertThat(gateway.streams().find("demo").orElseThrow().sourceTexts()).containsExactly("rtsp://192.0.2.1/mine");
    }

    @Test
    void preloads_followTheFile() throws Exception {
        assertThat(reload(START + "preload: {same: video}\n").changes())
                .containsExactly("Streams that stay connected: 1.");
        assertThat(gateway.preloads().all()).containsOnlyKeys("same");
        reload(START);
        assertThat(gateway.preloads().all()).isEmpty();
    }

    @Test
    void levelsOfTheLog_takeEffect_andADoorWaits() throws Exception {
        ReloadReport report = reload(START + "log: {webrtc: debug}\napi: {listen: \"127.0.0.1:1\"}\n");
        assertThat(report.changes()).containsExactly("The levels of the log are others.");
        assertThat(report.afterRestart()).containsExactly("api.listen");
    }

    @Test
    void viewersAreToldOtherServers_fromNowOn() throws Exception {
        ReloadReport report = reload(START.replace(
                "candidates: [\"192.0.2.7:8555\"]", "ice_servers: [{urls: \"stun:stun.example.org:3478\"}]"));
        assertThat(report.changes())
                .containsExactly("Viewers that come from now on are told the changed addresses and servers.");
        assertThat(report.afterRestart()).isEmpty();
        assertThat(gateway.iceServers()).hasSize(1);
    }

    @Test
    void whatWaitsForARestart_isToldAtEachReload_untilItIsAsAtTheStart() throws Exception {
        assertThat(reload(START + "api: {base_path: /x}\n").afterRestart()).containsExactly("api.base_path");
        assertThat(reload(START + "api: {base_path: /x}\noriel: {data: elsewhere}\n")
                        .afterRestart())
                .containsExactly("api.base_path", "oriel.data");
        assertThat(reload(START).afterRestart()).isEmpty();
    }
}
