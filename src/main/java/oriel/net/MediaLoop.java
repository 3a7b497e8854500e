package oriel.net;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that moves media: sockets, sources and viewers that live on it are touched by it alone, so their state is
 * plain fields. Tasks never block. Any thread may hand in a task.
 */
public interface MediaLoop extends Executor {
    /** Its place in the group, from 0. */
    int index();

    /** Whether the calling thread is this loop. */
    boolean inLoop();

    /**
     * Runs {@code task} on this loop, after those handed in before.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many wait already or the loop has ended
     */
    @Override
    void execute(Runnable task);

    /** Runs {@code task} on this loop in {@code delay}, unless cancelled. */
    Timer schedule(Duration delay, Runnable task);

    /** This loop's monotonic time, nanoseconds; virtual in tests. */
    long nanoTime();

    /** A task that waits for its time. */
    interface Timer {
        /** Forgets the task if it has not begun; harmless afterwards. Any thread. */
        void cancel();
    }
}
