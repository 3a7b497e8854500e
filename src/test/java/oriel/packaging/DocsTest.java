package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What owners read in the app names everything that it has. */
class DocsTest {
    private final String docs = Manifest.text(Path.of("DOCS.md"));

    @Test
    void docs_nameEveryOption() {
        for (String option : Manifest.options()) {
            boolean form = Manifest.options().stream().anyMatch(other -> other.startsWith(option + "."));
            if (!form) {
                assertThat(docs).contains("`" + option + "`");
            }
        }
    }

    @Test
    void docs_nameEveryPort() {
        Manifest.map(Manifest.app(), "ports")
                .values()
                .forEach(port -> assertThat(docs).contains(String.valueOf(port)));
    }

    @Test
    void docs_nameEveryComponentOfACameraInMqtt() {
        for (String component : List.of(
                "connectivity",
                "problem",
                "viewers",
                "bitrate",
                "frame_rate",
                "resolution",
                "codec",
                "last_error",
                "running_since",
                "restarts",
                "enabled",
                "keep_alive",
                "restart",
                "snapshot",
                "still",
                "camera",
                "viewer_event",
                "stream_event",
                "streams",
                "cpu",
                "memory",
                "loop_delay",
                "version",
                "reload",
                "update")) {
            assertThat(docs).contains("`" + component + "`");
        }
    }

    @Test
    void thirdParties_areNamedWithTheirLicence() {
        String pom = Manifest.text(Path.of("pom.xml"))
                .replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
        String own = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf("</dependencies>"));
        String named = Manifest.text(Path.of("THIRD-PARTY.md"));
        for (String dependency : own.split("</dependency>")) {
            Matcher artifact =
                    Pattern.compile("<artifactId>([^*<]+)</artifactId>").matcher(dependency);
            if (artifact.find() && !dependency.contains("<scope>test</scope>")) {
                String name = artifact.group(1);
                assertThat(named).containsAnyOf("`" + name + "`", "`" + name.replaceAll("-.*", "") + "-*`");
            }
        }
    }

    @Test
    void readme_leadsToEachWayToInstall() {
        assertThat(Manifest.text(Path.of("README.md")))
                .contains("DOCS.md", "docker compose up -d", "java @target/oriel.options -jar target/oriel.jar");
    }
}
