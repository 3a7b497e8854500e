package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.testing.VirtualClock;

@Timeout(30)
class WorkerLinkTest {
    private final VirtualClock clock = new VirtualClock();
    private final FakePeer peer = new FakePeer();
    private final CompletableFuture<WorkerLink> ended = new CompletableFuture<>();
    private LinePair line;
    private WorkerLink link;

    @BeforeEach
    void connect() throws Exception {
        line = new LinePair();
        link = new WorkerLink(line.near, peer, clock, ended::complete);
        link.start();
    }

    @AfterEach
    void leavesNoThread() throws Exception {
        link.close();
        line.close();
        peer.ended.complete("ended with the test");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("worker-reader")) {
                thread.join();
            }
        }
    }

    @Test
    void job_opened_crossesAsJsonAndHearsWhatComesBack() throws Exception {
        RecordingListener listener = new RecordingListener();
        open(listener);
        WorkerMessage.Open open = line.next(WorkerMessage.Open.class);
        assertThat(open.request())
                .isEqualTo("{\"kind\":\"demo\",\"width\":1280,\"height\":720,\"fps\":25,\"gop\":100,"
                        + "\"bitrate\":2000000,\"stamp\":\"frame\",\"sound\":true}");

        line.send(new WorkerMessage.Ready(open.job(), List.of(new Codec.Opus())));
        line.send(new WorkerMessage.Unit(open.job(), 0, unit()));
        line.send(new WorkerMessage.Stats(open.job(), new JobStats(1, 2)));
        line.send(new WorkerMessage.Failed(open.job(), new JobFailure(JobFailure.Kind.NATIVE, "no")));
        assertThat(listener.failed.get()).isEqualTo(new JobFailure(JobFailure.Kind.NATIVE, "no"));
        assertThat(listener.ready.join()).containsExactly(new Codec.Opus());
        assertThat(listener.units).containsExactly(new UnitFlight.Waiting(0, unit()));
        assertThat(listener.stats).containsExactly(new JobStats(1, 2));
        assertThat(link.jobs()).isZero();
    }

    @Test
    void job_closed_isToldAndHearsNothingMore() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        WorkerJob job = open(first);
        int id = line.next(WorkerMessage.Open.class).job();
        open(second);
        int secondId = line.next(WorkerMessage.Open.class).job();
        assertThat(secondId).isNotEqualTo(id);
        job.close();
        job.close();
        assertThat(line.next(WorkerMessage.Close.class).job()).isEqualTo(id);

        line.send(new WorkerMessage.Unit(id, 0, unit()));
        line.send(new WorkerMessage.Failed(id, new JobFailure(JobFailure.Kind.NATIVE, "late")));
        line.send(new WorkerMessage.Unit(secondId, 0, unit()));
        assertThat(second.units.take().unit()).isEqualTo(unit());
        assertThat(first.units).isEmpty();
        assertThat(first.failed).isNotDone();
    }

    @Test
    void unitToAJob_crossesTheLine() throws Exception {
        WorkerJob job = open(new RecordingListener());
        assertThat(job.send(3, unit())).isTrue();
        assertThat(line.next(WorkerMessage.Unit.class)).isEqualTo(new WorkerMessage.Unit(1, 3, unit()));
        job.close();
        assertThat(job.send(3, unit())).isFalse();
    }

    @Test
    void heartbeat_answered_goesOn() throws Exception {
        RecordingListener listener = new RecordingListener();
        open(listener);
        for (int beat = 0; beat < 10; beat++) {
            WorkerMessage.Ping ping = line.next(WorkerMessage.Ping.class);
            line.send(new WorkerMessage.Pong(ping.stamp()));
            line.send(new WorkerMessage.Stats(1, new JobStats(beat, 0)));
            assertThat(listener.stats.take().units()).isEqualTo(beat); // behind the pong: that is read now
            clock.awaitWaiting(1);
            clock.advance(WorkerLink.HEARTBEAT);
        }
        assertThat(peer.killed).isNotDone();
    }

    @Test
    void heartbeat_missedThreeTimes_killsTheWorkerAndFailsItsJobs() throws Exception {
        RecordingListener listener = new RecordingListener();
        open(listener);
        for (int beat = 0; beat < WorkerLink.MISSES; beat++) {
            line.next(WorkerMessage.Ping.class);
            assertThat(peer.killed).isNotDone();
            clock.awaitWaiting(1);
            clock.advance(WorkerLink.HEARTBEAT);
        }
        assertThat(peer.killed.get()).isEqualTo("did not answer for 3 s");
        assertThat(listener.failed.get())
                .isEqualTo(new JobFailure(JobFailure.Kind.GONE, "the media worker did not answer for 3 s"));
        assertThat(ended.get()).isSameAs(link);
        assertThat(link.open(DemoRequest.standard(), new RecordingListener())).isEmpty();
    }

    @Test
    void heartbeat_whenTheWorkerReadsNothing_killsItAllTheSame() throws Exception {
        RecordingListener listener = new RecordingListener();
        WorkerJob job = open(listener);
        AccessUnit large = new AccessUnit(0, Optional.empty(), true, List.of(Bytes.of(new byte[7 << 20])));
        assertThat(job.send(0, large)).isTrue();
        while (!peer.killed.isDone()) {
            clock.advance(WorkerLink.HEARTBEAT);
            Thread.onSpinWait();
        }
        assertThat(listener.failed.get().kind()).isEqualTo(JobFailure.Kind.GONE);
    }

    @Test
    void worker_thatSendsNonsense_isKilled() throws Exception {
        RecordingListener listener = new RecordingListener();
        open(listener);
        line.send(new WorkerMessage.Close(1));
        assertThat(peer.killed.get()).isEqualTo("sent nonsense: CLOSE from the worker");
        assertThat(listener.failed.get().text()).startsWith("the media worker sent nonsense");
    }

    @Test
    void worker_thatEnds_tellsItsJobsHow() throws Exception {
        RecordingListener listener = new RecordingListener();
        open(listener);
        peer.ended.complete("was ended by signal 11");
        line.far().close();
        assertThat(listener.failed.get().text()).isEqualTo("the media worker was ended by signal 11");
        assertThat(ended.get()).isSameAs(link);
    }

    @Test
    void worker_withoutJobsForFiveMinutes_isLetGo() throws Exception {
        WorkerJob job = open(new RecordingListener());
        beatFor(400);
        job.close();
        beatFor(299);
        assertThat(link.open(DemoRequest.standard(), new RecordingListener()))
                .as("still there before five minutes")
                .isPresent();
    }

    @Test
    void worker_idle_isClosedWithoutBeingCalledACrash() throws Exception {
        peer.ended.complete("ended with code 0");
        beatFor(299);
        clock.awaitWaiting(1); // Else its next beat might count from the time that is not yet.
        clock.advance(WorkerLink.HEARTBEAT);
        Optional<WorkerMessage> last = line.read();
        while (last.isPresent()) {
            last = line.read();
        }
        assertThat(link.open(DemoRequest.standard(), new RecordingListener())).isEmpty();
        assertThat(ended).isNotDone();
    }

    @Test
    void listener_thatThrows_losesItsJobAndNobodyElses() throws Exception {
        CompletableFuture<JobFailure> failed = new CompletableFuture<>();
        open(new JobListener() {
            @Override
            public void onReady(List<Codec> codecs) {
                throw new IllegalStateException("a mistake of ours");
            }

            @Override
            public void onUnit(int track, AccessUnit unit) {}

            @Override
            public void onFailed(JobFailure failure) {
                failed.complete(failure);
                throw new IllegalStateException("and another one");
            }
        });
        RecordingListener other = new RecordingListener();
        open(other);
        line.send(new WorkerMessage.Ready(1, List.of(new Codec.Opus())));
        line.send(new WorkerMessage.Ready(2, List.of(new Codec.Opus())));

        assertThat(other.ready.get()).hasSize(1);
        assertThat(failed.get().kind()).isEqualTo(JobFailure.Kind.INTERNAL);
        assertThat(line.next(WorkerMessage.Close.class).job()).isEqualTo(1);
        assertThat(peer.killed).isNotDone();
    }

    private WorkerJob open(JobListener listener) {
        return link.open(DemoRequest.standard(), listener).orElseThrow();
    }

    private void beatFor(int seconds) throws Exception {
        for (int beat = 0; beat < seconds; beat++) {
            line.send(new WorkerMessage.Pong(line.next(WorkerMessage.Ping.class).stamp()));
            while (link.unanswered() > 0) {
                Thread.onSpinWait();
            }
            clock.awaitWaiting(1);
            clock.advance(WorkerLink.HEARTBEAT);
        }
    }

    private static AccessUnit unit() {
        return new AccessUnit(90, Optional.empty(), true, List.of(Bytes.ofHex("fc01")));
    }

    private static final class FakePeer implements WorkerLink.Peer {
        final CompletableFuture<String> killed = new CompletableFuture<>();
        final CompletableFuture<String> ended = new CompletableFuture<>();

        @Override
        public void kill(String reason) {
            killed.complete(reason);
            ended.complete(reason);
        }

        @Override
        public CompletableFuture<String> ended() {
            return ended;
        }
    }
}
