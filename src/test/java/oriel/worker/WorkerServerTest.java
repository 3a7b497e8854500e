package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.testing.VirtualClock;

@Timeout(30)
class WorkerServerTest {
    private final VirtualClock clock = new VirtualClock();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private LinePair line;
    private Thread serving;

    @BeforeEach
    void serve() throws Exception {
        line = new LinePair();
        WorkerServer server = new WorkerServer(line.near, clock, WorkerServerTest::job);
        serving = Thread.ofPlatform().start(() -> {
            try {
                server.run();
                ended.complete(null);
            } catch (MalformedException e) {
                ended.completeExceptionally(e);
            }
        });
    }

    @AfterEach
    void leavesNoThread() throws Exception {
        line.close();
        serving.join();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("job-") || name.equals("line-writer"));
    }

    @Test
    void job_opened_isReadyAndSends() throws Exception {
        open(7, "works");
        assertThat(line.next(WorkerMessage.Ready.class))
                .isEqualTo(new WorkerMessage.Ready(7, List.of(new Codec.Opus())));
        assertThat(line.next(WorkerMessage.Unit.class)).isEqualTo(new WorkerMessage.Unit(7, 0, unit()));
    }

    @Test
    void job_closed_endsAndItsPlaceIsFree() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int id = 1; id <= WorkerServer.MAX_JOBS; id++) {
                open(100 * round + id, "works");
                line.next(WorkerMessage.Ready.class);
            }
            open(1000 + round, "works");
            assertThat(line.next(WorkerMessage.Failed.class).failure().text()).contains("16 jobs");
            for (int id = 1; id <= WorkerServer.MAX_JOBS; id++) {
                line.send(new WorkerMessage.Close(100 * round + id));
            }
            awaitNoJobs();
        }
    }

    @Test
    void ping_isAnsweredWhileAJobHangs() throws Exception {
        open(1, "hangs");
        line.next(WorkerMessage.Ready.class);
        line.send(new WorkerMessage.Ping(99));
        assertThat(line.next(WorkerMessage.Pong.class).stamp()).isEqualTo(99);
    }

    @Test
    void stats_comeEveryFifthPing() throws Exception {
        open(1, "works");
        line.next(WorkerMessage.Unit.class);
        for (int i = 0; i < 5; i++) {
            line.send(new WorkerMessage.Ping(i));
        }
        assertThat(line.next(WorkerMessage.Stats.class)).isEqualTo(new WorkerMessage.Stats(1, new JobStats(1, 0)));
    }

    @Test
    void jobs_thatFail_sayWhoseFaultItIs() throws Exception {
        assertThat(failureOf("{\"kind\":\"encoder\"}"))
                .isEqualTo(new JobFailure(JobFailure.Kind.NATIVE, "OpenH264 does not open"));
        assertThat(failureOf("{\"kind\":\"library\"}"))
                .isEqualTo(new JobFailure(
                        JobFailure.Kind.NATIVE, "a native library does not load: libudev.so.1: cannot open"));
        assertThat(failureOf("{\"kind\":\"bug\"}").kind()).isEqualTo(JobFailure.Kind.INTERNAL);
        assertThat(failureOf("{\"kind\":\"returns\"}").kind()).isEqualTo(JobFailure.Kind.INTERNAL);
        assertThat(failureOf("{\"kind\":\"nothing\"}").kind()).isEqualTo(JobFailure.Kind.REQUEST);
        assertThat(failureOf("[1]").kind()).isEqualTo(JobFailure.Kind.REQUEST);
        assertThat(failureOf("{").kind()).isEqualTo(JobFailure.Kind.REQUEST);
    }

    @Test
    void gateway_gone_endsAllJobsAndTheServer() throws Exception {
        open(1, "works");
        open(2, "works");
        line.next(WorkerMessage.Ready.class);
        line.next(WorkerMessage.Ready.class);
        line.far().close();
        ended.get();
    }

    @Test
    void gateway_thatSendsNonsense_isLeft() throws Exception {
        line.send(new WorkerMessage.Pong(1));
        assertThatThrownBy(ended::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MalformedException.class);
    }

    @Test
    void worker_idleForLong_ends() throws Exception {
        clock.advance(WorkerServer.IDLE.minusNanos(1));
        line.send(new WorkerMessage.Ping(1));
        line.next(WorkerMessage.Pong.class);
        clock.advance(java.time.Duration.ofNanos(1));
        line.send(new WorkerMessage.Ping(2));
        ended.get();
    }

    @Test
    void worker_withAJob_isNotIdle() throws Exception {
        open(1, "works");
        line.next(WorkerMessage.Ready.class);
        clock.advance(WorkerServer.IDLE.multipliedBy(2));
        line.send(new WorkerMessage.Ping(1));
        line.next(WorkerMessage.Pong.class);
        assertThat(ended).isNotDone();
    }

    private void open(int id, String kind) throws IOException {
        line.send(new WorkerMessage.Open(id, "{\"kind\":\"" + kind + "\"}"));
    }

    private JobFailure failureOf(String request) throws Exception {
        line.send(new WorkerMessage.Open(5, request));
        JobFailure failure = line.next(WorkerMessage.Failed.class).failure();
        awaitNoJobs();
        return failure;
    }

    private static void awaitNoJobs() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("job-")) {
                thread.join();
            }
        }
    }

    private static AccessUnit unit() {
        return new AccessUnit(960, Optional.empty(), true, List.of(Bytes.ofHex("fc")));
    }

    private static Job job(JsonObject request) throws MalformedException {
        return switch (request.string("kind").orElse("")) {
            case "works" ->
                (input, output) -> {
                    output.ready(List.of(new Codec.Opus()));
                    output.unit(0, unit());
                    Thread.sleep(Long.MAX_VALUE);
                };
            case "hangs" ->
                (input, output) -> {
                    output.ready(List.of(new Codec.Opus()));
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                };
            case "encoder" ->
                (input, output) -> {
                    throw new IOException("OpenH264 does not open");
                };
            case "library" ->
                (input, output) -> {
                    throw new NoClassDefFoundError("avutil") {
                        @Override
                        public synchronized Throwable getCause() {
                            return new UnsatisfiedLinkError("libudev.so.1: cannot open");
                        }
                    };
                };
            case "bug" ->
                (input, output) -> {
                    throw new IllegalStateException("bug");
                };
            case "returns" -> (input, output) -> {};
            default -> throw new MalformedException("no such kind");
        };
    }
}
