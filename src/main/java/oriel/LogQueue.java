package oriel;

import ch.qos.logback.core.AsyncAppenderBase;
import oriel.metrics.Drops;

/**
 * Lines on their way to where the log goes. Whoever reads standard output may stop reading, a disk may hang: the threads
 * that carry pictures must not wait for either, so what does not fit is lost and counted. Any thread; one of its own
 * writes.
 */
final class LogQueue extends AsyncAppenderBase<byte[]> {
    /** Lines that wait at most. */
    static final int LINES = 1024;

    /** The word under which lost lines are counted. */
    static final String LOST = "log-full";

    private static final int PATIENCE_AT_END_MILLIS = 1000;

    private final Drops drops;

    LogQueue(Drops drops) {
        this.drops = drops;
        setQueueSize(LINES);
        setDiscardingThreshold(0); // Lines of little weight are not left out sooner.
        setNeverBlock(true);
        setMaxFlushTime(PATIENCE_AT_END_MILLIS);
        setName("log");
    }

    @Override
    protected void append(byte[] line) {
        if (getRemainingCapacity() == 0) {
            drops.count(LOST);
        } else {
            super.append(line);
        }
    }
}
