package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.config.LogTime;
import oriel.config.Redactions;
import oriel.metrics.Drops;

@Timeout(20)
class LogQueueTest {
    /** Somebody who reads nothing until he is let. */
    private static final class Reader extends AppenderBase<byte[]> {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch reads = new CountDownLatch(1);
        private final List<String> lines = new ArrayList<>();

        @Override
        protected void append(byte[] line) {
            asked.countDown();
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(text(line));
        }
    }

    @Test
    void append_secretThatIsKnownLater_isShownInTheLineBefore() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter()); // as slf4j does for the one it makes
        Reader reader = new Reader();
        reader.setContext(context);
        reader.start();
        LogQueue queue = new LogQueue(new Drops());
        queue.setContext(context);
        queue.addAppender(reader);
        queue.start();
        Redactions redactions = new Redactions();
        LogLines log = new LogLines(
                new LogLineEncoder(LogLineEncoder.Form.TEXT, new LogTime.None(), redactions, ZoneOffset.UTC), queue);
        log.setContext(context);
        log.start();

        log.doAppend(said(context, "the password is firstword77"));
        redactions.add(List.of("firstword77"));
        log.doAppend(said(context, "somebody tried firstword77"));
        reader.reads.countDown();
        log.stop();
        assertThat(reader.lines)
                .containsExactly("INF [x] the password is firstword77\n", "INF [x] somebody tried ***\n");
    }

    @Test
    void append_nobodyReads_holdsNobodyUp_andCountsWhatIsLost() throws Exception {
        LoggerContext context = new LoggerContext();
        Reader reader = new Reader();
        reader.setContext(context);
        reader.start();
        Drops drops = new Drops();
        LogQueue queue = new LogQueue(drops);
        queue.setContext(context);
        queue.addAppender(reader);
        queue.start();

        queue.doAppend(line("first"));
        reader.asked.await(); // It is out of the queue now.
        for (int i = 0; i < LogQueue.LINES + 10; i++) {
            queue.doAppend(line("line " + i));
        }
        assertThat(drops.snapshot()).containsEntry(LogQueue.LOST, 10L);

        reader.reads.countDown();
        queue.stop();
        assertThat(reader.lines)
                .hasSize(LogQueue.LINES + 1)
                .startsWith("first", "line 0")
                .endsWith("line " + (LogQueue.LINES - 1));
    }

    private static LoggingEvent said(LoggerContext context, String text) {
        return new LoggingEvent(LogQueueTest.class.getName(), context.getLogger("x"), Level.INFO, text, null, null);
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
