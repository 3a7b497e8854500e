package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The profile that the Supervisor loads with the app: one, well formed, and no more than the program needs. */
class AppArmorTest {
    private final String profile = Manifest.text(Path.of("apparmor.txt"));
    private final List<String> rules = profile.lines()
            .map(String::strip)
            .filter(line -> line.endsWith(",") && !line.startsWith("#"))
            .toList();

    // The Supervisor replaces the name in exactly one line that begins so.
    @Test
    void profile_isOne_namedAtTheLinesStart_forContainers() {
        assertThat(profile.lines().filter(line -> line.matches("profile \\S+ .*\\{")))
                .containsExactly("profile oriel flags=(attach_disconnected,mediate_deleted) {");
        assertThat(profile).startsWith("#include <tunables/global>\n").endsWith("}\n");
        assertThat(profile.chars().filter(c -> c == '{').count())
                .isEqualTo(profile.chars().filter(c -> c == '}').count());
    }

    @Test
    void rules_giveNothingAway() {
        assertThat(rules)
                .doesNotContain("file,", "network,", "capability,", "mount,", "ptrace,", "signal,", "unix,", "dbus,")
                .noneMatch(rule -> rule.matches("/(\\*\\*|\\{,\\*\\*}) .*"))
                .noneMatch(rule -> Pattern.compile("[uUpP]x")
                        .matcher(rule.replaceAll("^\\S+ ", ""))
                        .find());
    }

    @Test
    void capabilities_areThoseToStartAndEndChildrenOfAnotherUser() {
        assertThat(rules.stream().filter(rule -> rule.startsWith("capability ")))
                .containsExactlyInAnyOrder(
                        "capability setuid,",
                        "capability setgid,",
                        "capability kill,",
                        "capability chown,",
                        "capability fowner,",
                        "capability dac_override,",
                        "capability net_bind_service,");
        for (String right : List.of("net_admin", "net_raw", "sys_admin", "sys_module", "sys_ptrace", "sys_rawio")) {
            assertThat(rules).contains("deny capability " + right + ",");
        }
    }

    @Test
    void sockets_areInternetUnixAndTheListOfAddresses() {
        assertThat(rules.stream().filter(rule -> rule.startsWith("network ")))
                .containsExactlyInAnyOrder(
                        "network inet stream,",
                        "network inet dgram,",
                        "network inet6 stream,",
                        "network inet6 dgram,",
                        "network netlink raw,",
                        "network unix stream,");
    }

    @Test
    void folders_homeAssistantsIsRead_itsSecretsAreNot_oursAreWritten() {
        assertThat(rules).contains("/homeassistant/** r,", "/ssl/** r,", "/data/** rwkl,", "/config/** rwkl,");
        assertThat(rules).contains("deny /homeassistant/.storage/auth* rw,", "deny /homeassistant/secrets.yaml rw,");
        assertThat(rules).noneMatch(rule -> rule.matches("/(homeassistant|ssl)/.* .*[wlk].*"));
    }

    @Test
    void programs_areOursAlone_andNothingWritableIsRun() {
        assertThat(rules).contains("/opt/oriel/jre/bin/java mrix,", "/opt/oriel/natives/{ffmpeg,ffprobe} mrix,");
        for (String folder : List.of("/data", "/config", "/media", "/tmp")) {
            assertThat(rules).contains("deny " + folder + "/** x,");
            assertThat(rules).noneMatch(rule -> rule.matches(folder + "/.* \\S*[mx]\\S*,"));
        }
    }

    // What the launcher calls must be allowed, or the app does not start.
    @Test
    void launcher_findsItsTools() {
        for (String tool : List.of(
                "awk", "cat", "dirname", "readlink", "stat", "sort", "grep", "tr", "id", "setpriv", "sh", "bash")) {
            assertThat(rules).anyMatch(rule -> rule.matches("/usr/bin/\\{.*\\b" + tool + "\\b.*} mrix,"));
        }
        assertThat(rules).contains("/opt/oriel/bin/* rix,", "/run/oriel/** rwk,");
    }

    @Test
    void devices_areCamerasAndSound() {
        assertThat(rules).contains("/dev/video[0-9]* rw,", "/dev/snd/{,**} rw,");
        assertThat(rules).noneMatch(rule -> rule.startsWith("/dev/** ") || rule.contains("/dev/mem"));
    }
}
