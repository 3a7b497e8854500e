package oriel;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * Turns what is logged into lines on the thread that says it, so that what is secret from the next moment on is still
 * shown in the line before, and hands them on. Any thread.
 */
final class LogLines extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final LogLineEncoder encoder;
    private final Appender<byte[]> next;

    /** @param next takes whole lines; stops with this */
    LogLines(LogLineEncoder encoder, Appender<byte[]> next) {
        this.encoder = encoder;
        this.next = next;
    }

    @Override
    protected void append(ILoggingEvent event) {
        next.doAppend(encoder.encode(event));
    }

    @Override
    public void stop() {
        super.stop();
        next.stop();
    }
}
