package oriel.homeassistant.supervisor;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What one module logs while a test runs, as in {@code WARN text}. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new ArrayList<>(); // guarded by this

    private LogLines(Logger logger) {
        this.logger = logger;
    }

    static LogLines of(String module) {
        LogLines lines = new LogLines((Logger) LoggerFactory.getLogger(module));
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line, at most 20 s. */
    synchronized void await(Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (lines.stream().noneMatch(wanted)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("in vain: " + lines);
            }
            wait(left);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        synchronized (this) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
            notifyAll();
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
