package oriel.output.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.metrics.Drops;
import oriel.testing.VirtualClock;
import oriel.worker.JobFailure;
import oriel.worker.StillSize;

@Timeout(30)
class DecodeQueueTest {
    private static final StillSize SMALL = new StillSize(100, 0);
    private static final StillSize LARGE = new StillSize(200, 0);

    private final VirtualClock clock = new VirtualClock();
    private final FakeLab lab = new FakeLab();
    private final Drops drops = new Drops();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DecodeQueue queue = new DecodeQueue(lab, threads, clock, drops);

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Picture picture() {
        return Pictures.picture(0, 100);
    }

    private static void assertFailed(CompletableFuture<Bytes> jpeg, String words) {
        assertThatThrownBy(jpeg::get).hasCauseInstanceOf(NoStillException.class).hasMessageContaining(words);
    }

    @Test
    void manyWhoAsk_shareOneDecode_andEachSizeIsMadeOnce() throws Exception {
        Picture picture = picture();
        CompletableFuture<Bytes> first = queue.ask(picture, SMALL);
        assertThat(queue.ask(picture, SMALL)).isSameAs(first);
        FakeLab.Work work = lab.next();
        CompletableFuture<Bytes> large = queue.ask(picture, LARGE);
        assertThat(queue.ask(picture, LARGE)).isSameAs(large);
        while (work.asked.size() < 2) {
            Thread.onSpinWait();
        }
        work.answer(SMALL);
        assertThat(work.closed).isFalse();
        work.answer(LARGE);
        assertThat(first.get()).isEqualTo(FakeLab.jpeg(SMALL));
        assertThat(large.get()).isEqualTo(FakeLab.jpeg(LARGE));
        assertThat(work.asked).containsExactlyInAnyOrder(SMALL, LARGE);
        assertThat(queue.ask(picture, SMALL)).isSameAs(first);
        assertThat(lab.all).hasSize(1);
        assertThat(picture.bytes()).isEqualTo(100 + 4 + 4);
    }

    @Test
    void sizeAskedLater_isDecodedAgain_andTheJobBeforeIsClosed() throws Exception {
        Picture picture = picture();
        queue.ask(picture, SMALL);
        FakeLab.Work work = lab.next();
        work.answer(SMALL);
        CompletableFuture<Bytes> large = queue.ask(picture, LARGE);
        FakeLab.Work again = lab.next();
        again.answer(LARGE);
        large.get();
        assertThat(lab.all).containsExactly(work, again);
        while (!work.closed || !again.closed) {
            Thread.onSpinWait();
        }
    }

    @Test
    void twoAtOnce_theOthersWait_andBeyondTheQueueIsRefused() throws Exception {
        List<CompletableFuture<Bytes>> jpegs = new ArrayList<>();
        for (int i = 0; i < DecodeQueue.AT_ONCE + DecodeQueue.MAX_WAITING; i++) {
            jpegs.add(queue.ask(picture(), SMALL));
        }
        assertThatThrownBy(() -> queue.ask(picture(), SMALL))
                .isInstanceOfSatisfying(
                        NoStillException.class, e -> assertThat(e.busy()).isTrue());
        assertThat(drops.of("stills-full")).isEqualTo(1);
        FakeLab.Work one = lab.next();
        FakeLab.Work two = lab.next();
        assertThat(lab.all).hasSize(2);
        assertThat(queue.waiting()).isEqualTo(DecodeQueue.MAX_WAITING);
        one.answer(SMALL);
        two.answer(SMALL);
        for (int i = 0; i < DecodeQueue.MAX_WAITING; i++) {
            lab.next().answer(SMALL);
        }
        for (CompletableFuture<Bytes> jpeg : jpegs) {
            assertThat(jpeg.get()).isEqualTo(FakeLab.jpeg(SMALL));
        }
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void damagedPicture_isRefused_andNotTriedAgain() throws Exception {
        Picture picture = picture();
        CompletableFuture<Bytes> jpeg = queue.ask(picture, SMALL);
        lab.next().fail(JobFailure.Kind.MEDIA, "the picture cannot be decoded: no");
        assertFailed(jpeg, "The camera gave an odd answer: the picture cannot be decoded: no.");
        assertThatThrownBy(() -> queue.ask(picture, LARGE)).hasMessageContaining("cannot be decoded");
        assertThat(lab.all).hasSize(1);
    }

    @Test
    void workerThatDies_failsThisOne_andIsTriedOnceMoreForTheSamePicture() throws Exception {
        Picture picture = picture();
        for (int i = 0; i < DecodeQueue.MAX_DEATHS; i++) {
            CompletableFuture<Bytes> jpeg = queue.ask(picture, SMALL);
            lab.next().fail(JobFailure.Kind.GONE, "the media worker crashed");
            assertFailed(jpeg, "Not the camera, Oriel has a problem: the media worker crashed.");
        }
        assertThatThrownBy(() -> queue.ask(picture, SMALL)).hasMessageContaining("crashed");
        CompletableFuture<Bytes> other = queue.ask(picture(), SMALL);
        lab.next().answer(SMALL);
        assertThat(other.get()).isNotNull();
    }

    @Test
    void workerThatDoesNotAnswer_isGivenUp_andItsPlaceIsFree() throws Exception {
        CompletableFuture<Bytes> one = queue.ask(picture(), SMALL);
        CompletableFuture<Bytes> two = queue.ask(picture(), SMALL);
        lab.next();
        lab.next();
        clock.awaitWaiting(2);
        CompletableFuture<Bytes> three = queue.ask(picture(), SMALL);
        clock.advance(DecodeQueue.LONGEST);
        assertFailed(one, "gave no picture in 10 s");
        assertFailed(two, "gave no picture in 10 s");
        lab.next().answer(SMALL);
        three.get();
        assertThat(lab.all.getFirst().closed).isTrue();
    }

    @Test
    void lateAnswer_ofAJobGivenUp_isPassedOver() throws Exception {
        Picture picture = picture();
        CompletableFuture<Bytes> first = queue.ask(picture, SMALL);
        FakeLab.Work late = lab.next();
        late.fail(JobFailure.Kind.INTERNAL, "bug");
        assertFailed(first, "bug");
        CompletableFuture<Bytes> second = queue.ask(picture, SMALL);
        late.answer(SMALL);
        late.fail(JobFailure.Kind.GONE, "gone");
        FakeLab.Work again = lab.next();
        assertThat(second).isNotDone();
        again.answer(SMALL);
        second.get();
    }

    @Test
    void moreSizesThanAreKept_areMadeAgain() throws Exception {
        Picture picture = picture();
        lab.prompt = true;
        for (int width = 1; width <= Picture.MAX_SIZES + 1; width++) {
            queue.ask(picture, new StillSize(width, 0)).get();
        }
        assertThat(picture.jpegs).hasSize(1);
        assertThat(picture.bytes()).isEqualTo(100 + 4);
    }
}
