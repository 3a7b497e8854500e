package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import oriel.testing.VirtualClock;

@Timeout(30)
class LoopWatchdogTest {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final VirtualClock clock = new VirtualClock();
    private final MediaLoops loops = MediaLoops.open(2);
    private final Logger logger = (Logger) LoggerFactory.getLogger("loop");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        loops.close();
    }

    @Test
    void look_blockedLoop_isToldOnceWithItsStack_andWhenItGoesOn() {
        LoopWatchdog watchdog = new LoopWatchdog(loops.all(), clock);
        watchdog.look();
        answered();
        CountDownLatch hold = firstLoopHeld();

        for (int i = 0; i < 8; i++) {
            look(watchdog);
            answered(loops.all().getLast()); // It moves in real time only.
        }
        assertThat(messages())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .startsWith("loop 0 has not moved for 1000 ms")
                        .contains("holdUp"));

        hold.countDown();
        answered();
        look(watchdog);
        assertThat(messages())
                .hasSize(2)
                .last()
                .satisfies(message -> assertThat(message).startsWith("loop 0 goes on after "));
    }

    @Test
    void takeSlowest_isTheLongestWaitSinceTheLastCall_alsoOfALoopThatStillStands() {
        LoopWatchdog watchdog = new LoopWatchdog(loops.all(), clock);
        watchdog.look();
        answered();
        assertThat(watchdog.takeSlowest()).isZero();
        CountDownLatch hold = firstLoopHeld();
        watchdog.look();
        answered(loops.all().getLast());
        clock.advance(Duration.ofMillis(300));

        assertThat(watchdog.takeSlowest()).isEqualTo(Duration.ofMillis(300));
        hold.countDown();
        answered();
        assertThat(watchdog.takeSlowest()).isEqualTo(Duration.ofMillis(300));
        assertThat(watchdog.takeSlowest()).isZero();
    }

    @Test
    void look_loopsThatMove_areNotTold() {
        LoopWatchdog watchdog = new LoopWatchdog(loops.all(), clock);
        for (int i = 0; i < 20; i++) {
            look(watchdog);
            answered();
        }

        assertThat(messages()).isEmpty();
    }

    @Test
    void start_untilClosed_looksByItself() throws Exception {
        try (LoopWatchdog watchdog = LoopWatchdog.start(loops, clock)) {
            assertThat(watchdog).isNotNull();
            clock.awaitWaiting(1);
        }
    }

    /** The first loop stands still until the latch is let go. */
    private CountDownLatch firstLoopHeld() {
        CountDownLatch hold = new CountDownLatch(1);
        CompletableFuture<Void> held = new CompletableFuture<>();
        loops.all().getFirst().execute(() -> {
            held.complete(null);
            holdUp(hold);
        });
        held.join();
        return hold;
    }

    private static void holdUp(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(LoopWatchdog watchdog) {
        clock.advance(LOOK);
        watchdog.look();
    }

    /** Everything asked of the loops so far is answered. */
    private void answered() {
        loops.all().forEach(LoopWatchdogTest::answered);
    }

    private static void answered(NettyLoop loop) {
        CompletableFuture.runAsync(() -> {}, loop).join();
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
