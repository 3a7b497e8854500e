package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.metrics.Drops;

@Timeout(20)
class LogQueueTest {
    /** Somebody who reads nothing until he is let. */
    private static final class Reader extends AppenderBase<ILoggingEvent> {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch reads = new CountDownLatch(1);
        private final List<String> lines = new ArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            asked.countDown();
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line.getFormattedMessage());
        }
    }

    @Test
    void append_nobodyReads_holdsNobodyUp_andCountsWhatIsLost() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter()); // as slf4j does for the one it makes
        Reader reader = new Reader();
        reader.setContext(context);
        reader.start();
        Drops drops = new Drops();
        LogQueue queue = new LogQueue(drops);
        queue.setContext(context);
        queue.addAppender(reader);
        queue.start();

        say(queue, context, "first");
        reader.asked.await(); // It is out of the queue now.
        for (int i = 0; i < LogQueue.LINES + 10; i++) {
            say(queue, context, "line " + i);
        }
        assertThat(drops.snapshot()).containsEntry(LogQueue.LOST, 10L);

        reader.reads.countDown();
        queue.stop();
        assertThat(reader.lines)
                .hasSize(LogQueue.LINES + 1)
                .startsWith("first", "line 0")
                .endsWith("line " + (LogQueue.LINES - 1));
    }

    private static void say(LogQueue queue, LoggerContext context, String text) {
        queue.doAppend(
                new LoggingEvent(LogQueueTest.class.getName(), context.getLogger("x"), Level.INFO, text, null, null));
    }
}
