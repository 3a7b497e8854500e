package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import oriel.stream.Hold;
import oriel.stream.SourceSession;
import oriel.stream.StreamRegistry;
import oriel.testing.DialledKind;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/** A source with a bug holds its loop up: that is told with its stack, and viewers on the other loops notice nothing. */
class BlockedLoopTest extends ViewerScene {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // The kernel spreads them over the loops by their ports; that all are on the blocked one is as good as impossible.
    private static final int VIEWERS = 24;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<String> blocked = new CompletableFuture<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("loop");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void letGo() {
        release.countDown();
        logger.detachAppender(log);
    }

    private List<String> told() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void loopThatStandsStill_isToldWithItsStack_andTheOthersGoOn() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors())
                .as("one core, one loop")
                .isGreaterThan(1);
        TestOriel oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
        ViewerLoop loop = keep(ViewerLoop.start());
        List<RtpViewer> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(keep(Watch.watch(
                    oriel, "door", RtpViewer.of(ViewerOffer.PICTURE).on(loop).keepsNothing())));
        }
        for (RtpViewer viewer : viewers) {
            viewer.await("a picture", () -> viewer.track("video").count() > 0);
        }

        // The second source has its home on the second loop.
        StreamRegistry streams = oriel.gateway().streams();
        streams.register(new DialledKind("blocking", this::block));
        Hold hold =
                streams.holdFirst(streams.put("buggy", List.of("blocking:x"))).orElseThrow();
        String name = blocked.join();
        Awaitility.await("the blocked loop is told")
                .atMost(PATIENCE)
                .until(
                        this::told,
                        lines -> lines.stream()
                                .anyMatch(line -> line.startsWith(name + " has not moved for")
                                        && line.contains("BlockedLoopTest.hang")));

        List<Long> seen =
                viewers.stream().map(viewer -> viewer.track("video").count()).toList();
        Awaitility.await("a viewer on another loop goes on").atMost(PATIENCE).until(() -> {
            for (int i = 0; i < VIEWERS; i++) {
                if (viewers.get(i).track("video").count() > seen.get(i) + 50
                        && viewers.get(i).track("video").missing() == 0) {
                    return true;
                }
            }
            return false;
        });
        assertThat(oriel.get("/api/streams").statusCode()).isEqualTo(200);

        release.countDown();
        Awaitility.await("the loop goes on")
                .atMost(PATIENCE)
                .until(this::told, lines -> lines.stream().anyMatch(line -> line.startsWith(name + " goes on after")));
        for (RtpViewer viewer : viewers) {
            long before = viewer.track("video").count();
            viewer.await("all go on", () -> viewer.track("video").count() > before + 10);
        }
        hold.close();
    }

    private void block(SourceSession session) throws InterruptedException {
        session.home().execute(() -> hang(session.home().toString()));
        new CountDownLatch(1).await();
    }

    private void hang(String loop) {
        blocked.complete(loop);
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
