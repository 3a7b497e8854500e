package oriel.net;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.metrics.Drops;

/** A {@link MediaLoop} on one Netty event loop, on which channels are registered. */
public final class NettyLoop implements MediaLoop {
    private static final Logger LOG = LoggerFactory.getLogger("loop");

    /** Why a task was not taken. */
    static final String FULL = "loop-tasks-full";

    // A key frame of a camera of 4 Mbit/s comes in one read.
    private static final int STREAM_BYTES = 1 << 16;
    private static final int STREAM_READS = 16;
    private static final int DATAGRAMS = 16;

    private final int index;
    private final IoEventLoop events;
    private final Drops drops;
    private final ReadBuffer stream = new ReadBuffer(STREAM_BYTES, STREAM_READS);
    private final ReadBuffer datagrams = new ReadBuffer(DATAGRAMS * UdpMux.MAX_DATAGRAM, 1);

    NettyLoop(int index, IoEventLoop events, Drops drops) {
        this.index = index;
        this.events = events;
        this.drops = drops;
    }

    /** The loop to register channels on. */
    public IoEventLoop events() {
        return events;
    }

    /** What its TCP connections read into. */
    ReadBuffer stream() {
        return stream;
    }

    /** What its UDP sockets read into. */
    ReadBuffer datagrams() {
        return datagrams;
    }

    /** Gives back what was read into; when the thread has ended. */
    void release() {
        stream.release();
        datagrams.release();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return events.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        try {
            events.execute(new Guarded(task));
        } catch (RejectedExecutionException e) {
            if (!events.isShuttingDown()) {
                drops.count(FULL);
            }
            throw e;
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> future = events.schedule(new Guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /**
     * One task's mistake must not end the loop that serves everybody else. (No lambda: until the last compiler has seen it, each
     * is made by way of method handles, which takes microseconds in the middle of a picture.)
     */
    private final class Guarded implements Runnable {
        private final Runnable task;

        Guarded(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("loop {}: a task failed", index, e);
            }
        }
    }

    @Override
    public String toString() {
        return "loop " + index;
    }
}
