package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.OrielProcess;
import oriel.testing.Proves;
import oriel.testing.homeassistant.FakeHomeAssistant;

/** The image without the image: laid out as there, started by its launcher, with this machine's Java and without the cache. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
@Proves("S-036")
class LauncherIT {
    private static final String[] ARGUMENTS = {
        "-c", "go2rtc.yaml", "-c", "api.listen=127.0.0.1:0", "-c", "webrtc.listen=127.0.0.1:0", "-c", "hass.config=off"
    };

    @TempDir
    private static Path opt;

    @TempDir
    private Path data;

    private static Path launcher;

    @BeforeAll
    static void layOut() throws Exception {
        ProcessBuilder layout = new ProcessBuilder("addon/layout", "target", opt.toString()).inheritIO();
        Path java = Path.of(System.getProperty("java.home"));
        layout.environment().merge("PATH", java.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        assertThat(layout.start().waitFor()).isZero();
        Files.createSymbolicLink(opt.resolve("jre"), java);
        launcher = Files.copy(
                Path.of("addon/oriel"),
                Files.createDirectory(opt.resolve("bin")).resolve("oriel"));
    }

    private OrielProcess start(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("ORIEL_DATA", data.toString());
        all.put("ORIEL_HEALTH", data.resolve("health").toString());
        all.put("ORIEL_AOT", "-Xshare:auto");
        return OrielProcess.in(data).environment(all).by(launcher).start(ARGUMENTS);
    }

    @Test
    void asAContainer_servesTheOwnerOfTheMachine_andAStillByUnpackedLibraries() throws Exception {
        try (OrielProcess oriel = start(Map.of())) {
            assertThat(oriel.get("/api/oriel/me").body()).contains("\"admin\"");
            HttpResponse<String> still = oriel.get("/api/frame.jpeg?src=demo&width=160");
            assertThat(still.statusCode()).isEqualTo(200);

            assertThat(health()).isEqualTo("HTTP/1.1 200\n");
            oriel.signal("TERM");
            assertThat(oriel.exitCode(Duration.ofSeconds(10))).hasValue(0);
        }
    }

    @Test
    @Proves("S-033")
    void asAnApp_knowsTheSupervisor_itsOptions_andLeavesProgramsWhatHomeAssistantNeeds() throws Exception {
        Path options = Files.writeString(
                data.resolve("options.json"),
                "{\"demo\":\"off\",\"access\":{},\"users\":[{\"name\":\"anna\",\"role\":\"viewer\"}],\"mqtt\":{},\"probe\":{}}");
        try (FakeHomeAssistant home = FakeHomeAssistant.start()) {
            Map<String, String> environment = new HashMap<>(home.environment());
            environment.put("ORIEL_OPTIONS", options.toString());
            try (OrielProcess oriel = start(environment)) {
                assertThat(oriel.get("/api/oriel/me").body()).contains("\"integration\"");
                assertThat(oriel.get("/api/streams").body()).isEqualToIgnoringWhitespace("{}");
                home.awaitAsked("GET /addons/self/info");
                assertThat(oriel.lines()).noneMatch(line -> line.contains("is unknown"));

                oriel.signal("TERM");
                assertThat(oriel.exitCode(Duration.ofSeconds(10))).hasValue(0);
            }
        }
    }

    private String health() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of("addon/health")).redirectErrorStream(true);
        builder.environment().put("ORIEL_HEALTH", data.resolve("health").toString());
        Process check = builder.start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        return said;
    }
}
