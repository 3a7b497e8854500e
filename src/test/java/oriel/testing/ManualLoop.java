package oriel.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import oriel.net.MediaLoop;

/**
 * A loop that a test turns by hand on its own thread: tasks run in {@link #run()}, timers when {@link #advance} passes
 * their time. Tasks may be handed in from any thread.
 */
public final class ManualLoop implements MediaLoop {
    private final int index;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // guarded by this
    private final PriorityQueue<Entry> timers =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order)); // guarded by this
    private long nanos; // guarded by this
    private long order; // guarded by this
    private volatile boolean turning;

    public ManualLoop() {
        this(0);
    }

    public ManualLoop(int index) {
        this.index = index;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return turning;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(nanos + delay.toNanos(), order++, task);
        timers.add(entry);
        return () -> {
            synchronized (this) {
                timers.remove(entry);
            }
        };
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Runs what waits, and what that adds, until nothing does. */
    public void run() {
        for (Runnable task = nextTask(); task != null; task = nextTask()) {
            turn(task);
        }
    }

    /** Runs {@code task} as if on the loop, then what it added. */
    public void run(Runnable task) {
        turn(task);
        run();
    }

    /** Moves time on; each timer runs at its own moment. */
    public void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        run();
        for (Entry due = nextTimer(end); due != null; due = nextTimer(end)) {
            turn(due.task());
            run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private void turn(Runnable task) {
        turning = true;
        try {
            task.run();
        } finally {
            turning = false;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable nextTask() {
        return tasks.poll();
    }

    private synchronized @org.jspecify.annotations.Nullable Entry nextTimer(long end) {
        Entry first = timers.peek();
        if (first == null || first.at() - end > 0) {
            return null;
        }
        timers.poll();
        nanos = Math.max(nanos, first.at());
        return first;
    }

    private record Entry(long at, long order, Runnable task) {}
}
