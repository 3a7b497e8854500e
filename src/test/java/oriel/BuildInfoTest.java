package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildInfoTest {
    @Test
    void load_builtProject_hasItsVersionAndNeverASnapshot() {
        BuildInfo build = BuildInfo.load();

        assertThat(build.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(build.revision()).matches("[0-9a-f]{7,}|unknown");
        assertThat(new BuildInfo("0.1.0", "34d8705").line("linux/amd64"))
                .isEqualTo("oriel version 0.1.0 (34d8705) linux/amd64");
        assertThat(BuildInfo.platform()).matches("[a-z0-9_]+/[a-z0-9_]+");
    }

    @Test
    void of_unfilteredOrMissingValues_areUnknown() {
        Properties properties = new Properties();
        properties.setProperty("version", "${project.version}");

        assertThat(BuildInfo.of(properties)).isEqualTo(new BuildInfo("unknown", "unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux/amd64",
        "Linux, aarch64, linux/arm64",
        "Mac OS X, x86_64, darwin/amd64",
        "Mac OS X, aarch64, darwin/arm64",
        "Windows 11, amd64, windows/amd64",
        "FreeBSD, riscv64, freebsd/riscv64",
    })
    void platform_javasNames_becomeGo2rtcs(String os, String arch, String platform) {
        assertThat(BuildInfo.platform(os, arch)).isEqualTo(platform);
    }
}
