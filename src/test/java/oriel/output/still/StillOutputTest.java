package oriel.output.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.stream.LiveStream;
import oriel.stream.SourceState;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;
import oriel.worker.JobFailure;
import oriel.worker.StillSize;

/** Whole requests on a virtual clock, the camera and the worker by hand. */
@Timeout(30)
class StillOutputTest {
    private static final StillSize SMALL = new StillSize(100, 0);

    private final VirtualClock clock = new VirtualClock();
    private final ManualLoop loop = new ManualLoop();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamRegistry streams =
            new StreamRegistry(new Seams(clock, new SplittableRandom(1), Resolver.system()), () -> loop, threads);
    private final FakeLab lab = new FakeLab();
    private final StillOutput stills = new StillOutput(streams, lab, () -> loop, clock, threads);
    private final HandCamera camera = new HandCamera(loop);
    private final AtomicInteger released = new AtomicInteger();
    private LiveStream door;

    @BeforeEach
    void open() {
        streams.register(camera.kind());
        door = streams.put("door", List.of("hand:1"));
        lab.prompt = true;
    }

    @AfterEach
    void end() throws InterruptedException {
        stills.close();
        streams.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private CompletableFuture<Still> ask(LiveStream stream) {
        CompletableFuture<Still> still = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                still.complete(stills.take(stream, SMALL, released::incrementAndGet));
            } catch (NoStillException | InterruptedException e) {
                still.completeExceptionally(e);
            }
        });
        return still;
    }

    private <T> T turnUntil(CompletableFuture<T> future) throws Exception {
        while (!future.isDone()) {
            turn();
        }
        return future.get();
    }

    private void turn() {
        if (Thread.interrupted()) {
            throw new AssertionError("waited in vain");
        }
        loop.run();
        Thread.onSpinWait();
    }

    private void turnUntilLive() {
        while (streams.state(door) != SourceState.LIVE) {
            turn();
        }
    }

    private void turnUntilWatched() {
        while (door.consumers().isEmpty()) {
            turn();
        }
        loop.run();
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        loop.advance(duration);
    }

    /** A first still of a camera that is then live. */
    private Still first() throws Exception {
        CompletableFuture<Still> still = ask(door);
        turnUntilLive();
        camera.key();
        return turnUntil(still);
    }

    @Test
    void idleCamera_isOpened_andItsFirstKeyFrameTaken() throws Exception {
        Still still = first();
        assertThat(still.jpeg()).isEqualTo(FakeLab.jpeg(SMALL));
        assertThat(still.age()).isZero();
        assertThat(camera.tries()).isEqualTo(1);
        assertThat(door.consumers()).isEmpty();
    }

    @Test
    void sameKeyFrame_isDecodedOnce_howeverOftenItIsAsked_andTellsItsAge() throws Exception {
        first();
        for (int seconds = 1; seconds <= 4; seconds++) {
            pass(Duration.ofSeconds(1));
            camera.delta();
            assertThat(turnUntil(ask(door)).age()).isEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(lab.all).hasSize(1);
        pass(Duration.ofSeconds(1));
        camera.key();
        assertThat(turnUntil(ask(door)).age()).isZero();
        assertThat(lab.all).hasSize(2);
    }

    @Test
    void manyAtOnce_ofAnIdleCamera_shareConnectionAndDecode() throws Exception {
        List<CompletableFuture<Still>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(ask(door));
        }
        turnUntilLive();
        camera.key();
        for (CompletableFuture<Still> still : asked) {
            turnUntil(still);
        }
        assertThat(camera.tries()).isEqualTo(1);
        assertThat(lab.all).hasSize(1);
    }

    @Test
    void twoStreamsOfOneCamera_shareTheDecode() throws Exception {
        LiveStream alias = streams.put("camera.door", List.of("hand:1"));
        first();
        turnUntil(ask(alias));
        assertThat(lab.all).hasSize(1);
    }

    @Test
    void groupOlderThanTenSeconds_isDecodedToItsNewestPicture_andThatServesForTenSeconds() throws Exception {
        first();
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofSeconds(1));
            camera.delta();
        }
        Still newest = turnUntil(ask(door));
        assertThat(newest.age()).isZero();
        assertThat(lab.all.getLast().request.pictures()).isEqualTo(13);
        pass(Duration.ofSeconds(3));
        camera.delta();
        assertThat(turnUntil(ask(door)).age()).isEqualTo(Duration.ofSeconds(3));
        assertThat(lab.all).hasSize(2);
    }

    @Test
    void groupOfMorePicturesThanAreDecoded_waitsForTheNextKeyFrame() throws Exception {
        first();
        assertThat(streams.holdFirst(door)).isPresent();
        for (int i = 0; i < 520; i++) {
            pass(Duration.ofMillis(40));
            camera.delta();
        }
        CompletableFuture<Still> still = ask(door);
        while (camera.keyFrameRequests() == 0) {
            turn();
        }
        assertThat(still).isNotDone();
        camera.key();
        assertThat(turnUntil(still).age()).isZero();
        assertThat(lab.all.getLast().request.pictures()).isEqualTo(1);
    }

    @Test
    void cameraWithoutAKeyFrame_isToldBeforeHomeAssistantGivesUp() {
        CompletableFuture<Still> still = ask(door);
        turnUntilLive();
        turnUntilWatched();
        camera.delta();
        pass(Duration.ofSeconds(4));
        camera.delta();
        assertThat(still).isNotDone();
        pass(Duration.ofSeconds(3));
        assertThatThrownBy(() -> turnUntil(still))
                .hasCauseInstanceOf(NoStillException.class)
                .hasMessageContaining("no whole key frame in 7 s");
        assertThat(door.note()).contains("no whole key frame");
    }

    @Test
    void cameraThatIsLost_isShownAsItWas_forTenSeconds() throws Exception {
        first();
        camera.hangUp();
        while (streams.state(door) == SourceState.LIVE) {
            turn();
        }
        pass(Duration.ofSeconds(9));
        assertThat(turnUntil(ask(door)).age()).isEqualTo(Duration.ofSeconds(9));
        pass(Duration.ofSeconds(2));
        CompletableFuture<Still> late = ask(door);
        while (!late.isDone()) {
            turn();
            pass(Duration.ofMillis(100));
        }
        assertThatThrownBy(() -> turnUntil(late)).hasCauseInstanceOf(NoStillException.class);
    }

    @Test
    void damagedKeyFrame_isToldAtOnce_andGivesWayToTheGoodOneBefore() throws Exception {
        first();
        lab.prompt = false;
        pass(Duration.ofSeconds(2));
        camera.key();
        CompletableFuture<Still> still = ask(door);
        FakeLab.Work before = lab.all.getFirst();
        while (lab.all.size() < 2 || lab.all.getLast().asked.isEmpty()) {
            turn();
        }
        assertThat(lab.all.getLast()).isNotSameAs(before);
        lab.all.getLast().fail(JobFailure.Kind.MEDIA, "the picture cannot be decoded");
        assertThat(turnUntil(still).age()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void damagedKeyFrame_withNoneBefore_isToldInWords() throws Exception {
        lab.prompt = false;
        CompletableFuture<Still> still = ask(door);
        turnUntilLive();
        camera.key();
        while (lab.all.isEmpty() || lab.all.getLast().asked.isEmpty()) {
            turn();
        }
        lab.all.getLast().fail(JobFailure.Kind.MEDIA, "the picture cannot be decoded");
        assertThatThrownBy(() -> turnUntil(still)).hasMessageContaining("the picture cannot be decoded");
    }

    @Test
    void cardThatAsksEveryTenSecondsAndALittle_keepsTheConnection() throws Exception {
        first();
        for (int i = 0; i < 5; i++) {
            for (int s = 0; s < 12; s++) {
                pass(Duration.ofSeconds(1));
                loop.run();
                camera.key();
            }
            turnUntil(ask(door));
        }
        assertThat(camera.tries()).isEqualTo(1);
        assertThat(streams.state(door)).isEqualTo(SourceState.LIVE);
    }

    @Test
    void streamNobodyAsksForAnyMore_isLetGo() throws Exception {
        first();
        assertThat(released).hasValue(0);
        pass(WarmStreams.KEPT);
        while (released.get() == 0) {
            turn();
        }
        for (int s = 0; s < 11; s++) {
            camera.key();
            pass(Duration.ofSeconds(1));
        }
        while (streams.state(door) != SourceState.IDLE) {
            turn();
        }
        assertThat(released).hasValue(1);
    }

    @Test
    void streamThatIsSwitchedOff_saysSo_andIsReleased() {
        LiveStream off = streams.putDisabled("off");
        assertThatThrownBy(() -> stills.take(off, SMALL, released::incrementAndGet))
                .isInstanceOf(NoStillException.class)
                .hasMessageContaining("switched off");
        assertThat(released).hasValue(1);
    }

    @Test
    void moreRequestsThanFit_areToldToComeAgain() {
        List<CompletableFuture<Still>> asked = new ArrayList<>();
        for (int i = 0; i < StillOutput.MAX_REQUESTS + 1; i++) {
            asked.add(ask(door));
        }
        while (asked.stream().noneMatch(CompletableFuture::isDone)) {
            turn();
        }
        CompletableFuture<Still> refused =
                asked.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
        assertThatThrownBy(refused::get).hasMessageContaining("too many ask for stills");
        assertThat(stills.drops().of("stills-busy")).isEqualTo(1);
    }
}
