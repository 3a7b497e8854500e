package oriel.source.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Seams;
import oriel.media.MediaKind;
import oriel.net.MediaLoop;
import oriel.net.MediaLoops;
import oriel.process.Children;
import oriel.stream.Source;
import oriel.stream.SourceHint;
import oriel.stream.SourceInfo;
import oriel.stream.SourceKey;
import oriel.stream.SourceSession;
import oriel.stream.StreamWriter;
import oriel.worker.DemoRequest;
import oriel.worker.MediaWorker;
import oriel.worker.WorkerSettings;

@Timeout(120)
class DemoSourceTest {
    private static final DemoRequest SMALL = DemoRequest.standard().sized(320, 180);

    @TempDir
    private static Path natives;

    @TempDir
    private Path temp;

    private final Children children = new Children(Clock.system());
    private final MediaLoops loops = MediaLoops.open(1);
    private final RecordingWriter writer = new RecordingWriter(loops.next());

    @AfterEach
    void close() {
        children.close();
        loops.close();
    }

    @Test
    void factory_knowsOneSource() throws Exception {
        try (MediaWorker worker = worker(natives.resolve("n"))) {
            DemoSourceFactory factory = new DemoSourceFactory(worker);
            assertThat(factory.schemes()).containsExactly("demo");
            assertThat(factory.hint("demo:")).isEqualTo(new SourceHint.Dial());
            SourceKey upper = factory.key("DEMO:");
            SourceKey key = factory.key("demo:");
            assertThat(key).isEqualTo(upper).isEqualTo(new SourceKey("demo:"));
            assertThatThrownBy(() -> factory.key("demo:other"))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure()).isInstanceOf(Failure.Unsupported.class));
        }
        assertThat(children.running()).isEmpty();
    }

    @Test
    void source_run_describesThenWrites_untilItIsInterrupted() throws Exception {
        try (MediaWorker worker = worker(natives.resolve("n"))) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Source source = source(worker);
            Thread script = Thread.ofVirtual().start(() -> end.complete(run(source)));
            assertThat(writer.calls.take()).isEqualTo("open");
            assertThat(writer.description.tracks())
                    .extracting(track -> track.toString())
                    .containsExactly(
                            "video, recvonly, H264", "audio, recvonly, OPUS/48000/2", "audio, recvonly, PCMA/8000");
            assertThat(writer.description.tracks().getFirst().kind()).isEqualTo(MediaKind.VIDEO);
            assertThat(writer.calls.take()).isEqualTo("unit 0");
            while (!writer.calls.take().equals("flush")) {
                assertThat(end).isNotDone();
            }
            script.interrupt();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(worker.jobs()).isZero();
        }
    }

    @Test
    void worker_thatDies_endsTheRunInItsWords_andTheNextRunWorks() throws Exception {
        try (MediaWorker worker = worker(natives.resolve("n"))) {
            Source source = source(worker);
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> end.complete(run(source)));
            assertThat(writer.calls.take()).isEqualTo("open");
            ProcessHandle.of(children.running().iterator().next().pid())
                    .orElseThrow()
                    .destroyForcibly();
            assertThat(failure(end.get()).sentence()).contains("the media worker ");

            writer.calls.clear();
            Thread again = Thread.ofVirtual().start(() -> run(source));
            while (!writer.calls.take().equals("open")) {
                assertThat(again.isAlive()).isTrue();
            }
            again.interrupt();
            again.join();
        }
    }

    @Test
    void worker_thatCannotStart_isAFailureInWords() throws Exception {
        Path planted = Files.createFile(temp.resolve("planted"));
        try (MediaWorker worker = worker(planted)) {
            Failure failure = failure(run(source(worker)));
            assertThat(failure).isInstanceOf(Failure.Server.class);
            assertThat(failure.sentence()).contains("The media worker does not start", "is a link or a file");
        }
    }

    private static Failure failure(Throwable thrown) {
        assertThat(thrown).isInstanceOf(FailureException.class);
        return ((FailureException) thrown).failure();
    }

    private Source source(MediaWorker worker) throws FailureException {
        DemoSourceFactory factory = new DemoSourceFactory(worker, SMALL);
        return factory.create(factory.key(DemoSourceFactory.SOURCE));
    }

    private Throwable run(Source source) {
        try {
            source.run(new Session());
            return new AssertionError("the demo never ends by itself");
        } catch (FailureException | InterruptedException e) {
            return e;
        }
    }

    private MediaWorker worker(Path folder) {
        WorkerSettings settings = new WorkerSettings(folder, temp, Duration.ofSeconds(60), List.of());
        return new MediaWorker(settings, children, Seams.system());
    }

    private final class Session implements SourceSession {
        @Override
        public MediaLoop home() {
            return loops.all().getFirst();
        }

        @Override
        public StreamWriter writer() {
            return writer;
        }

        @Override
        public void info(SourceInfo info) {
            assertThat(info.format()).isEqualTo("demo");
        }

        @Override
        public void onKeyFrameRequest(Runnable request) {
            throw new AssertionError("the demo has a key frame every four seconds");
        }
    }
}
