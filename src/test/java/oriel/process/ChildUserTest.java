package oriel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;

@Timeout(60)
class ChildUserTest {
    @TempDir
    private Path temp;

    @Test
    void environment_namesUserAndGroups() {
        assertThat(ChildUser.of(Map.of(ChildUser.VARIABLE, "200:300,44,29")))
                .contains(new ChildUser(200, 300, List.of(44, 29)));
        assertThat(ChildUser.of(Map.of(ChildUser.VARIABLE, "200:300"))).contains(new ChildUser(200, 300, List.of()));
    }

    @Test
    void environment_withoutAUser_leavesChildrenWhatWeAre() {
        assertThat(ChildUser.of(Map.of())).isEmpty();
        assertThat(ChildUser.of(Map.of(ChildUser.VARIABLE, ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0:300", "200:0", "200", "200:", ":300", "200:300,", "200:300,0", "-1:2", "a:b", "200:300;1"})
    void environment_thatNamesNoUser_isRefused(String text) {
        assertThatThrownBy(() -> ChildUser.of(Map.of(ChildUser.VARIABLE, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ORIEL_CHILD_USER ");
    }

    @Test
    void user_withTooManyGroups_isRefused() {
        List<Integer> groups = new ArrayList<>();
        for (int gid = 1; gid <= 33; gid++) {
            groups.add(gid);
        }
        assertThatThrownBy(() -> new ChildUser(1, 1, groups)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void command_stepsDownForGood() {
        assertThat(new ChildUser(200, 300, List.of()).command(List.of("ffmpeg", "-version")))
                .containsExactly(
                        "setpriv",
                        "--reuid=200",
                        "--regid=300",
                        "--clear-groups",
                        "--no-new-privs",
                        "--",
                        "ffmpeg",
                        "-version");
        assertThat(new ChildUser(200, 300, List.of(44, 29)).command(List.of("ffmpeg")))
                .contains("--groups=44,29")
                .doesNotContain("--clear-groups");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void child_ofRoot_isTheUserThatTheEnvironmentNames() throws Exception {
        assumeRoot();
        ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        Map<String, String> ours = Map.of("PATH", System.getenv("PATH"), ChildUser.VARIABLE, "65534:65533,44");
        try (Children children = new Children(Clock.system(), ours)) {
            assertThat(children.user()).isPresent();
            String script = "id -u; id -g; id -G; sed -n 's/NoNewPrivs:.//p;s/CapEff:.//p' /proc/self/status; env";
            Child child = children.start(
                    ChildCommand.of(List.of("/bin/sh", "-c", script)).withOutput(ChildCommand.Output.LINES),
                    lines::add);
            assertThat(child.exit().get().code()).isZero();
        }
        assertThat(lines).startsWith("65534", "65533", "65533 44", "0000000000000000", "1");
        assertThat(lines).noneMatch(line -> line.startsWith(ChildUser.VARIABLE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void child_ofAnotherUser_canBeEnded() throws Exception {
        assumeRoot();
        Map<String, String> ours = Map.of("PATH", System.getenv("PATH"), ChildUser.VARIABLE, "65534:65533");
        try (Children children = new Children(Clock.system(), ours)) {
            Child child = children.start(ChildCommand.of(List.of("sleep", "600")), line -> {});
            child.kill("is not wanted");
            assertThat(child.exit().get().why()).isEqualTo(Optional.of("is not wanted"));
        }
    }

    private void assumeRoot() throws Exception {
        Path probe = Files.createFile(temp.resolve("probe"));
        Assumptions.assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid")),
                "only root may start as another user");
    }
}
