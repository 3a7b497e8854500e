package oriel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Clock;
import oriel.testing.VirtualClock;

@Timeout(60)
class ChildrenTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private Children children = new Children(Clock.system());

    @AfterEach
    void leavesNothing() throws InterruptedException {
        children.close();
        assertThat(children.running()).isEmpty();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("child-")) {
                thread.join();
            }
        }
    }

    @Test
    void child_endsByItself_exitTellsCodeAndLastLine() throws Exception {
        ChildExit exit = await(java("fail"));

        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.stopped()).isFalse();
        assertThat(exit.text()).isEqualTo("ended with code 3: no such camera rtsp://***@10.0.0.9/x");
        assertThat(lines).containsExactly("first", "no such camera rtsp://***@10.0.0.9/x");
    }

    @Test
    void child_withPipes_readsAndWrites() throws Exception {
        Child child = children.start(command("echo").withInput().withOutput(ChildCommand.Output.PIPE), lines::add);
        try (OutputStream in = child.input();
                InputStream out = child.output()) {
            in.write("hello\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(out.readNBytes(5)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(child.exit().get().code()).isZero();
    }

    @Test
    void child_thatEndsWithItsInputUnread_keepsItsLastWords() throws Exception {
        Child child = children.start(
                ChildCommand.of(List.of("sh", "-c", "echo enough >&2; exit 3")).withInput(), lines::add);
        child.input().write(new byte[100]); // Waits in Java's buffer.

        ChildExit exit = child.exit().get();
        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.lastLines()).containsExactly("enough");
        assertThat(exit.text()).isEqualTo("ended with code 3: enough");
    }

    @Test
    void child_whoseOutputIsLines_isHeardOnBoth() throws Exception {
        Child child = children.start(command("both").withOutput(ChildCommand.Output.LINES), lines::add);
        assertThat(child.exit().get().lastLines()).containsExactlyInAnyOrder("to output", "to errors");
    }

    @Test
    void child_withoutPipes_seesEmptyInput() throws Exception {
        assertThat(await(java("echo")).code()).isZero();
    }

    @Test
    void environment_ofChild_holdsOnlyWhatIsNamed() throws Exception {
        children.close();
        children = new Children(
                Clock.system(),
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "SUPERVISOR_TOKEN",
                        "secret",
                        "HOME",
                        "/home/me",
                        "MQTT_PASSWORD",
                        "p"));
        Child child = children.start(command("environment").withVariable("EXTRA", "1"), lines::add);
        child.exit().get();

        // macOS gives every process one of its own.
        assertThat(lines)
                .filteredOn(name -> !name.startsWith("__CF"))
                .contains("EXTRA", "HOME", "PATH")
                .doesNotContain("SUPERVISOR_TOKEN", "MQTT_PASSWORD");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void environment_seenByTheSystem_hasNoToken() throws Exception {
        children.close();
        children = new Children(Clock.system(), Map.of("PATH", "/usr/bin:/bin", "SUPERVISOR_TOKEN", "canary-7"));
        Child child = children.start(command("wait"), lines::add);
        assertThat(lines.take()).isEqualTo("up");

        byte[] environ = Files.readAllBytes(Path.of("/proc/" + child.pid() + "/environ"));
        assertThat(new String(environ, StandardCharsets.UTF_8)).isEqualTo("PATH=/usr/bin:/bin\0");
    }

    @Test
    void command_withTheSupervisorsToken_isRefused() {
        assertThatThrownBy(() -> command("wait").withVariable("SUPERVISOR_TOKEN", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command("wait").withVariable("Supervisor_Token", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void command_thatMakesNoSense_isRefused() {
        assertThatThrownBy(() -> ChildCommand.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChildCommand.of(List.of(" "))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChildCommand.of(List.of("a", "b\0c"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command("wait").withVariable("A=B", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void start_ofNothing_saysWhat() {
        assertThatThrownBy(() -> children.start(ChildCommand.of(List.of("no-such-program-anywhere")), lines::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program-anywhere");
        assertThat(children.running()).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void argument_withShellCharacters_isNotRead(@TempDir Path folder) throws Exception {
        Path victim = folder.resolve("made");
        Child child = children.start(
                ChildCommand.of(List.of("ls", "; touch " + victim, "$(touch " + victim + ")")), lines::add);
        assertThat(child.exit().get().code()).isNotZero();
        assertThat(victim).doesNotExist();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void stop_ofWillingChild_isTermOnly() throws Exception {
        Child child = children.start(command("wait"), lines::add);
        assertThat(lines.take()).isEqualTo("up");

        ChildExit exit = child.stop(Duration.ofMinutes(5)).get();
        assertThat(exit.stopped()).isTrue();
        assertThat(exit.code()).isEqualTo(128 + 15);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void stop_ofDeafChild_killsAfterGrace() throws Exception {
        VirtualClock clock = new VirtualClock();
        children.close();
        children = new Children(clock);
        Child child = children.start(
                ChildCommand.of(List.of("sh", "-c", "trap '' TERM; echo up >&2; while true; do sleep 1; done")),
                lines::add);
        assertThat(lines.take()).isEqualTo("up");

        child.stop(Child.GRACE);
        clock.awaitWaiting(1);
        assertThat(child.alive()).isTrue();
        clock.advance(Child.GRACE);
        assertThat(child.exit().get().code()).isEqualTo(128 + 9);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void stop_ofFamily_endsGrandchildren() throws Exception {
        Child child = children.start(
                ChildCommand.of(List.of("sh", "-c", "sleep 1000 & echo $! >&2; sleep 1000; true")), lines::add);
        ProcessHandle grandchild =
                ProcessHandle.of(Long.parseLong(lines.take())).orElseThrow();

        child.stop(Child.GRACE).get();
        grandchild.onExit().get(20, TimeUnit.SECONDS);
        assertThat(grandchild.isAlive()).isFalse();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void child_thatLeavesAHeirOfItsPipe_stillEnds() throws Exception {
        Child child =
                children.start(ChildCommand.of(List.of("sh", "-c", "sleep 1000 & echo $! >&2; exit 5")), lines::add);

        assertThat(child.exit().get().code()).isEqualTo(5);
        ProcessHandle.of(Long.parseLong(lines.take())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void child_thatFloods_isBoundedAndCounted() throws Exception {
        Child child = children.start(
                ChildCommand.of(
                        List.of("sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done")),
                lines::add);
        ChildExit exit = child.exit().get();

        assertThat(exit.lastLines()).hasSize(ErrorLines.KEPT_LINES).last().isEqualTo("line 19999");
        assertThat(lines).anyMatch(line -> line.endsWith("lines left out)"));
        assertThat(lines.size()).isLessThan(10_000);
    }

    @Test
    void start_thatTakesTooLong_isKilledAndTold() throws Exception {
        VirtualClock clock = new VirtualClock();
        children.close();
        children = new Children(clock);
        Child child = children.start(command("wait").withStartLimit(Duration.ofSeconds(10)), lines::add);
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(10));

        assertThat(child.exit().get().text()).startsWith("did not start within 10 s");
    }

    @Test
    void start_thatWasInTime_isLeftAlone() throws Exception {
        VirtualClock clock = new VirtualClock();
        children.close();
        children = new Children(clock);
        Child child = children.start(command("wait").withStartLimit(Duration.ofSeconds(10)), lines::add);
        clock.awaitWaiting(1);
        child.up();
        clock.advance(Duration.ofSeconds(11));

        assertThat(lines.take()).isEqualTo("up");
        assertThat(child.alive()).isTrue();
        child.kill("the test is over");
        assertThat(child.exit().get().why()).contains("the test is over");
    }

    @Test
    void close_withRunningChildren_endsThemAndStartsNoMore() throws Exception {
        List<Child> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.add(children.start(command("wait"), lines::add));
        }
        children.close();

        assertThat(started).noneMatch(Child::alive);
        assertThatThrownBy(() -> children.start(command("wait"), lines::add)).isInstanceOf(IOException.class);
    }

    private ChildExit await(Child child) throws Exception {
        return child.exit().get();
    }

    private Child java(String duty) throws IOException {
        return children.start(command(duty), lines::add);
    }

    private static ChildCommand command(String duty) {
        return ChildCommand.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProgram.class.getName(),
                duty));
    }
}
