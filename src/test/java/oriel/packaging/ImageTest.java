package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.testing.Proves;

/** The image's recipe against Home Assistant's rules and against what stands in it; {@code addon/image} builds and tries it. */
class ImageTest {
    private static final Path DOCKERFILE = Path.of("Dockerfile");

    private final String dockerfile = Manifest.text(DOCKERFILE);

    @Test
    void base_canBeSwapped_andBuildsInBothStages() {
        assertThat(dockerfile).contains("ARG BUILD_FROM=debian:trixie-slim\n");
        assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM ")))
                .containsExactly("FROM ${BUILD_FROM} AS build", "FROM ${BUILD_FROM}");
    }

    // The Supervisor and its builder give BUILD_ARCH and BUILD_VERSION, and nothing else.
    @Test
    @Proves("S-033")
    void labels_areThoseTheSupervisorReads() {
        assertThat(dockerfile)
                .contains("ARG BUILD_ARCH\n", "ARG BUILD_VERSION\n")
                .contains(
                        "io.hass.type=\"app\"",
                        "io.hass.arch=\"${BUILD_ARCH}\"",
                        "io.hass.version=\"${BUILD_VERSION}\"");
        assertThat(dockerfile)
                .contains("org.opencontainers.image.description=\""
                        + Manifest.app().get("description") + "\"");
        assertThat(Path.of("build.yaml")).doesNotExist();
    }

    @Test
    void health_isDockersOwn_andLeavesTimeToStart() {
        assertThat(dockerfile)
                .containsPattern("HEALTHCHECK .*--start-period=60s .*CMD \\[\"/opt/oriel/bin/health\"]")
                .contains("STOPSIGNAL SIGTERM");
        assertThat(Manifest.text(Path.of("addon/health"))).contains("/livez", "/run/oriel/health");
        assertThat(Manifest.text(Path.of("addon/oriel"))).contains("ORIEL_HEALTH:-/run/oriel/health");
    }

    // `init` is the Supervisor's default then: Docker's init reaps; with s6 it would have to be false.
    @Test
    void entry_isTheLauncher_withoutS6() {
        assertThat(dockerfile).contains("ENTRYPOINT [\"/opt/oriel/bin/oriel\"]");
        assertThat(Manifest.app().containsKey("init")).isFalse();
    }

    @Test
    @Proves("S-036")
    void launcher_servesAppAndPlainContainer() {
        String launcher = Manifest.text(Path.of("addon/oriel"));
        assertThat(launcher)
                .contains("folder=/config")
                .contains("ORIEL_DATA:-/data")
                .doesNotContain("bashio");
        assertThat(launcher.lines().filter(line -> line.startsWith("exec "))).hasSize(1);
        assertThat(launcher).contains("ORIEL_CHILD_USER");
    }

    @Test
    void cache_isTrainedByTheLauncherItself_andItsUseIsChecked() {
        assertThat(dockerfile).contains("/opt/oriel/bin/train");
        assertThat(Manifest.text(Path.of("addon/train")))
                .contains(
                        "$HOME_DIR/bin/oriel",
                        "-XX:DumpLoadedClassList=",
                        "-Xshare:dump",
                        "-XX:AOTMode=on",
                        "warning|error");
        assertThat(Manifest.text(Path.of("addon/oriel"))).contains("-XX:AOTCache=$CACHE", "@$HOME_DIR/oriel.options");
    }

    @Test
    void image_hasLinesOfAllToolsThatRunInIt() {
        String launcher = Manifest.text(Path.of("addon/oriel"));
        assertThat(launcher).startsWith("#!/bin/sh\n");
        for (String script : List.of("oriel", "health", "layout", "train", "image")) {
            assertThat(Files.isExecutable(Path.of("addon", script))).as(script).isTrue();
        }
        assertThat(dockerfile).contains("util-linux", "libssl3t64");
    }

    // What the build copies is what the Dockerfile needs, and no key, password or recording that lies about.
    @Test
    void context_isAListOfWhatIsWanted() {
        List<String> lines = Manifest.text(Path.of(".dockerignore")).lines().toList();
        assertThat(lines).first().isEqualTo("*");
        assertThat(lines).contains("!pom.xml", "!src/main", "!addon").doesNotContain("!.");
    }

    @Test
    @Proves("S-037")
    void ffmpeg_comesWithTheLibraries_andRuns() throws Exception {
        String platform = Loader.getPlatform();
        Path jar = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(path -> String.valueOf(path.getFileName()).matches("ffmpeg-.*-" + platform + "\\.jar"))
                .findFirst()
                .orElseThrow();
        try (JarFile libraries = new JarFile(jar.toFile())) {
            assertThat(libraries.getEntry("org/bytedeco/ffmpeg/" + platform + "/ffmpeg"))
                    .isNotNull();
            assertThat(libraries.stream().map(entry -> entry.getName())).noneMatch(name -> name.contains("x264"));
        }
        assertThat(Manifest.text(Path.of("addon/layout"))).contains("name ffmpeg");
        assertThat(dockerfile).contains("/opt/oriel/natives/ffmpeg", "ffmpeg -hide_banner -version");
    }

    @Test
    @Proves("S-039")
    void compose_hasTheHostsNetwork_restarts_andMountsTheFile() {
        Map<?, ?> compose = Manifest.yaml(Path.of("docker-compose.yaml"));
        Map<?, ?> oriel = Manifest.map(Manifest.map(compose, "services"), "oriel");
        assertThat(oriel.get("network_mode")).isEqualTo("host");
        assertThat(oriel.get("restart")).isEqualTo("always");
        assertThat(oriel.get("init")).isEqualTo(true);
        assertThat(Manifest.strings(oriel, "volumes")).contains("./go2rtc.yaml:/config/go2rtc.yaml");
        assertThat(oriel.containsKey("privileged")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.yaml", "image.yaml"})
    void workflow_isSound_andGivesNoMoreRightsThanReading(String file) {
        Map<?, ?> workflow = Manifest.yaml(Path.of(".github", "workflows", file));
        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(workflow.get("jobs")).isNotNull();
    }

    @Test
    @Proves("S-035")
    void workflow_buildsBothArchitecturesByHomeAssistantsActions_eachOnAMachineOfItsKind() {
        String workflow = Manifest.text(Path.of(".github/workflows/image.yaml"));
        assertThat(workflow)
                .contains("ARCHITECTURES: '[\"amd64\", \"aarch64\"]'")
                .contains("home-assistant/builder/actions/prepare-multi-arch-matrix@2026.06.0")
                .contains("home-assistant/builder/actions/build-image@2026.06.0")
                .contains("home-assistant/builder/actions/publish-multi-arch-manifest@2026.06.0")
                .contains("runs-on: ${{ matrix.os }}");
        assertThat(Manifest.text(Path.of("pom.xml"))).contains("<id>linux-arm64</id>", "<id>linux-x86_64</id>");
        assertThat(Optional.ofNullable(Manifest.app().get("arch"))).contains(List.of("aarch64", "amd64"));
    }
}
