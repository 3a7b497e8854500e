package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.VirtualClock;

@Timeout(30)
class MediaWorkerTest {
    private final VirtualClock clock = new VirtualClock();
    private final BlockingQueue<FakeProcess> started = new LinkedBlockingQueue<>();
    private final List<FakeProcess> all = new ArrayList<>();
    private volatile boolean broken;
    private final MediaWorker worker = new MediaWorker(this::startProcess, clock);

    @AfterEach
    void close() throws Exception {
        worker.close();
        for (FakeProcess process : all) {
            process.line.close();
            process.end("ended with the test");
        }
    }

    @Test
    void process_isStartedByTheFirstJobOnly() throws Exception {
        assertThat(started).isEmpty();
        worker.open(DemoRequest.standard(), new RecordingListener());
        worker.open(DemoRequest.standard(), new RecordingListener());
        assertThat(started).hasSize(1);
        assertThat(worker.jobs()).isEqualTo(2);
    }

    @Test
    void crash_failsAllJobs_andTheNextJobStartsAnotherWorkerASecondLater() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        worker.open(DemoRequest.standard(), first);
        worker.open(DemoRequest.standard(), second);
        crash();
        assertThat(first.failed.get().text()).isEqualTo("the media worker was ended by signal 11");
        assertThat(second.failed.get().kind()).isEqualTo(JobFailure.Kind.GONE);

        assertThat(pauseOfNextOpen()).isEqualTo(Duration.ofSeconds(1));
        assertThat(worker.jobs()).isEqualTo(1);
    }

    @Test
    void crashes_inARow_areAnsweredMoreAndMoreSlowly() throws Exception {
        worker.open(DemoRequest.standard(), new RecordingListener());
        for (int seconds : new int[] {1, 2, 4, 8, 15, 15}) {
            crash();
            assertThat(pauseOfNextOpen()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void crash_afterAMinuteOfLife_isAnsweredAsTheFirst() throws Exception {
        worker.open(DemoRequest.standard(), new RecordingListener());
        crash();
        pauseOfNextOpen();
        crash();
        pauseOfNextOpen();
        clock.advance(MediaWorker.STEADY);
        crash();
        assertThat(pauseOfNextOpen()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void start_thatFails_isToldAndNotTriedAgainAtOnce() throws Exception {
        broken = true;
        assertThatThrownBy(() -> worker.open(DemoRequest.standard(), new RecordingListener()))
                .isInstanceOf(WorkerException.class)
                .hasMessage("The media worker does not start: no such java");
        broken = false;
        assertThat(pauseOfNextOpen()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void open_whileWaitingForARestart_canBeInterrupted() throws Exception {
        worker.open(DemoRequest.standard(), new RecordingListener());
        crash();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread opening = Thread.ofVirtual().start(() -> outcome.complete(outcomeOfOpen()));
        clock.awaitWaiting(1);
        opening.interrupt();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void close_whileAJobWaitsForARestart_endsTheWait() throws Exception {
        worker.open(DemoRequest.standard(), new RecordingListener());
        crash();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> outcome.complete(outcomeOfOpen()));
        clock.awaitWaiting(1);
        worker.close();
        assertThat(outcome.get()).isInstanceOf(WorkerException.class);
        assertThat(started).isEmpty();
    }

    private Throwable outcomeOfOpen() {
        try {
            worker.open(DemoRequest.standard(), new RecordingListener());
            return new AssertionError("opened");
        } catch (WorkerException | InterruptedException e) {
            return e;
        }
    }

    /** Ends the worker that runs, and waits until that is known. */
    private void crash() throws Exception {
        FakeProcess process = started.take();
        process.end("was ended by signal 11");
        process.line.far().close();
        while (worker.running() || !clock.waits().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** How long the next job has to wait for its worker. */
    private Duration pauseOfNextOpen() throws Exception {
        CompletableFuture<Boolean> opened = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                worker.open(DemoRequest.standard(), new RecordingListener());
                opened.complete(true);
            } catch (WorkerException | InterruptedException e) {
                opened.completeExceptionally(e);
            }
        });
        clock.awaitWaiting(1);
        Duration wait = clock.waits().getFirst();
        assertThat(opened).isNotDone();
        clock.advance(wait);
        assertThat(opened.get()).isTrue();
        return wait;
    }

    private WorkerProcess startProcess() throws IOException {
        if (broken) {
            throw new IOException("no such java");
        }
        FakeProcess process = new FakeProcess();
        all.add(process);
        started.add(process);
        return new WorkerProcess(process.line.near, process);
    }

    private static final class FakeProcess implements WorkerLink.Peer {
        final LinePair line = pair();
        private final CompletableFuture<String> ended = new CompletableFuture<>();

        void end(String how) {
            ended.complete(how);
        }

        @Override
        public void kill(String reason) {
            ended.complete(reason);
        }

        @Override
        public CompletableFuture<String> ended() {
            return ended;
        }

        private static LinePair pair() {
            try {
                return new LinePair();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
