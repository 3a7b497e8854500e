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

    private final int index;
    private final IoEventLoop events;
    private final Drops drops;

    NettyLoop(int index, IoEventLoop events, Drops drops) {
        this.index = index;
        this.events = events;
        this.drops = drops;
    }

    /** The loop to register channels on. */
    public IoEventLoop events() {
        return events;
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
            events.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            if (!events.isShuttingDown()) {
                drops.count(FULL);
            }
            throw e;
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> future = events.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    // One task's mistake must not end the loop that serves everybody else.
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("loop {}: a task failed", index, e);
        }
    }

    @Override
    public String toString() {
        return "loop " + index;
    }
}
