package oriel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import oriel.base.Seams;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.metrics.Limit;
import oriel.testing.TestOriel;

@Timeout(60)
class GatewayTest {
    @TempDir
    Path folder;

    @Test
    void close_whileItStillTestsItself_saysOfNoFault() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("webrtc");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            LoadedConfig loaded =
                    new ConfigLoader(folder, Map.of()).load(List.of("{webrtc: {listen: \"127.0.0.1:0\"}}"));
            for (int i = 0; i < 3; i++) {
                Gateway gateway = Gateway.start(loaded, Seams.system());
                gateway.openedDoors();
                gateway.close();
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
            logger.detachAppender(lines);
        }
        assertThat(uncaught).isEmpty();
        assertThat(lines.list).anyMatch(line -> line.getMessage().startsWith("listen"));
        assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void doorsOpen_theMachineLearnsHowManyViewersItCanGreet() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder)) {
            await("what a handshake costs")
                    .atMost(Duration.ofSeconds(40))
                    .until(
                            () -> oriel.gateway().limits().stream()
                                    .filter(limit -> limit.name().equals("webrtc.joins"))
                                    .mapToLong(Limit::bound)
                                    .sum(),
                            greeted -> greeted > 0 && greeted < Integer.MAX_VALUE);
        }
    }
}
