package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.process.Child;
import oriel.process.ChildCommand;
import oriel.process.Children;

/** The worker as the process that it is in the product. */
@Timeout(120)
class MediaWorkerProcessTest {
    private static final DemoRequest SMALL =
            DemoRequest.standard().sized(320, 180).paced(25, 25);

    @TempDir
    private static Path natives;

    @TempDir
    private Path temp;

    private final Children children = new Children(Clock.system());

    @AfterEach
    void leavesNoProcessAndNoThread() throws Exception {
        children.close();
        assertThat(children.running()).isEmpty();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("worker-") || thread.getName().startsWith("child-")) {
                thread.join();
            }
        }
    }

    @Test
    void demo_overTheLine_decodesAndCounts() throws Exception {
        try (MediaWorker worker = worker();
                PictureDecoder decoder = new PictureDecoder()) {
            RecordingListener listener = new RecordingListener();
            WorkerJob job = worker.open(DemoRequest.standard(), listener);
            assertThat(listener.ready.get()).extracting(codec -> codec.name()).containsExactly("H264", "OPUS", "PCMA");

            List<Integer> stamps = new ArrayList<>();
            int sounds = 0;
            while (stamps.size() < 10) {
                UnitFlight.Waiting next = listener.units.take();
                if (next.track() == 0) {
                    stamps.add(decoder.decode(next.unit()).orElseThrow().stamp().orElseThrow());
                } else {
                    sounds++;
                }
            }
            job.close();
            assertThat(stamps).first().isEqualTo(0);
            assertThat(stamps).isSorted().doesNotHaveDuplicates();
            assertThat(sounds).isGreaterThanOrEqualTo(18);
            assertThat(temp).isEmptyDirectory();
        }
    }

    @Test
    void jobs_twoAtOnce_shareOneProcessAndEndAlone() throws Exception {
        try (MediaWorker worker = worker()) {
            RecordingListener first = new RecordingListener();
            RecordingListener second = new RecordingListener();
            WorkerJob one = worker.open(SMALL, first);
            worker.open(SMALL.silent(), second);
            assertThat(children.running()).hasSize(1);
            first.units.take();
            second.units.take();
            one.close();
            for (int i = 0; i < 5; i++) {
                second.units.take();
            }
            assertThat(second.failed).isNotDone();
            assertThat(worker.jobs()).isEqualTo(1);
        }
    }

    @Test
    void worker_killed_failsItsJobs_andTheNextOpenStartsAnother() throws Exception {
        try (MediaWorker worker = worker()) {
            RecordingListener listener = new RecordingListener();
            worker.open(SMALL, listener);
            listener.units.take();
            Child killed = children.running().iterator().next();
            ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();

            JobFailure failure = listener.failed.get();
            assertThat(failure.kind()).isEqualTo(JobFailure.Kind.GONE);
            assertThat(failure.text()).startsWith("the media worker ");
            assertThat(children.running()).isEmpty();

            RecordingListener next = new RecordingListener();
            worker.open(SMALL, next);
            next.units.take();
            assertThat(children.running()).hasSize(1).doesNotContain(killed);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void worker_thatCrashes_saysWhere() throws Exception {
        try (MediaWorker worker = worker()) {
            RecordingListener listener = new RecordingListener();
            worker.open(SMALL, listener);
            listener.units.take();
            long pid = children.running().iterator().next().pid();
            children.start(ChildCommand.of(List.of("kill", "-SEGV", Long.toString(pid))), line -> {});
            assertThat(listener.failed.get().text()).matches("the media worker crashed with SIGSEGV in \\[.*");
        }
    }

    @Test
    void close_endsTheProcessByItself() throws Exception {
        Child child;
        try (MediaWorker worker = worker()) {
            RecordingListener listener = new RecordingListener();
            worker.open(SMALL, listener);
            listener.units.take();
            child = children.running().iterator().next();
        }
        assertThat(child.exit().get().code()).isZero();
        assertThat(child.exit().get().stopped()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void process_seesNoSecretAndShowsNone() throws Exception {
        try (MediaWorker worker = worker()) {
            worker.open(SMALL, new RecordingListener());
            long pid = children.running().iterator().next().pid();
            assertThat(proc(pid, "environ"))
                    .allMatch(variable -> variable.matches("(PATH|HOME|LANG|TMPDIR|MALLOC_ARENA_MAX)=.*"));
            assertThat(proc(pid, "cmdline")).noneMatch(argument -> argument.matches(".*[0-9a-f]{64}.*"));
        }
    }

    @Test
    void gateway_killed_takesItsWorkerWithIt() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Child gateway = children.start(
                ChildCommand.of(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GatewayProgram.class.getName(),
                        natives.resolve("n").toString(),
                        temp.toString())),
                lines::add);
        String line = lines.take();
        while (!line.startsWith("worker ")) {
            line = lines.take();
        }
        ProcessHandle worker = ProcessHandle.of(Long.parseLong(line.substring("worker ".length())))
                .orElseThrow();
        // Only the gateway: Child.kill would end its descendants as well.
        ProcessHandle.of(gateway.pid()).orElseThrow().destroyForcibly();
        worker.onExit().get();
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void natives_inAPlantedPlace_areNotLoaded() throws Exception {
        Path planted = Files.createSymbolicLink(temp.resolve("planted"), Files.createDirectory(temp.resolve("evil")));
        try (MediaWorker worker = new MediaWorker(settings(planted), children, Seams.system())) {
            assertThatThrownBy(() -> worker.open(SMALL, new RecordingListener()))
                    .isInstanceOf(WorkerException.class)
                    .hasMessageContaining("is a link or a file");
        }
        assertThat(temp.resolve("evil")).isEmptyDirectory();
    }

    @Test
    void natives_thatCannotBeUnpacked_failTheJobInWords() throws Exception {
        Path folder = PrivateFolder.open(natives.resolve("blocked"));
        for (String entry : List.of("ffmpeg", "javacpp")) {
            // Where the unpacked jars would go, something else stands.
            for (String jar : jarNames(entry)) {
                Files.createFile(folder.resolve(jar));
            }
        }
        try (MediaWorker worker = new MediaWorker(settings(folder), children, Seams.system())) {
            RecordingListener listener = new RecordingListener();
            worker.open(SMALL, listener);
            assertThat(listener.failed.get().kind()).isEqualTo(JobFailure.Kind.NATIVE);
            assertThat(listener.failed.get().text()).startsWith("a native library does not load: " + folder);
        }
    }

    private static List<String> jarNames(String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.startsWith(artifact + "-") && name.endsWith(".jar"))
                .toList();
    }

    @Test
    void process_thatDoesNotCome_saysWhatItSaid() {
        WorkerSettings settings =
                new WorkerSettings(natives.resolve("n"), temp, Duration.ofSeconds(30), List.of("-XX:NoSuchFlag"));
        try (MediaWorker worker = new MediaWorker(settings, children, Seams.system())) {
            assertThatThrownBy(() -> worker.open(SMALL, new RecordingListener()))
                    .isInstanceOf(WorkerException.class)
                    .hasMessageContaining("the media worker ended with code 1: ");
        }
        assertThat(temp).isEmptyDirectory();
    }

    private MediaWorker worker() {
        return new MediaWorker(settings(natives.resolve("n")), children, Seams.system());
    }

    private WorkerSettings settings(Path folder) {
        return new WorkerSettings(folder, temp, Duration.ofSeconds(60), List.of());
    }

    private static List<String> proc(long pid, String file) throws IOException {
        String text = Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.UTF_8);
        return Stream.of(text.split("\0")).toList();
    }
}
