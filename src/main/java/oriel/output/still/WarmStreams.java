package oriel.output.still;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import oriel.net.MediaLoop;
import oriel.stream.Choice;

/**
 * Keeps streams of which stills were asked for connected a while longer than the hub's 10 s: a picture card asks every 10 s
 * and a little, and would make its camera connect anew each time. One entry a stream. Any thread.
 */
final class WarmStreams implements AutoCloseable {
    /** From the last question on; the hub's own patience follows. */
    static final Duration KEPT = Duration.ofSeconds(5);

    private final Supplier<? extends MediaLoop> loops;
    private final Executor threads;
    private final Map<String, Kept> kept = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this

    private record Kept(Choice choice, Runnable release) {
        void end() {
            choice.close();
            release.run();
        }
    }

    /**
     * @param loops for their timers
     * @param threads on which streams are let go, which may wait
     */
    WarmStreams(Supplier<? extends MediaLoop> loops, Executor threads) {
        this.loops = loops;
        this.threads = threads;
    }

    /** Keeps what {@code choice} holds in the place of what was kept for this stream. */
    void keep(String stream, Choice choice, Runnable release) {
        Kept now = new Kept(choice, release);
        Optional<Kept> before;
        boolean over;
        synchronized (this) {
            over = closed;
            before = over ? Optional.of(now) : Optional.ofNullable(kept.put(stream, now));
        }
        before.ifPresent(Kept::end);
        if (!over) {
            loops.get().schedule(KEPT, () -> endLater(stream, now));
        }
    }

    @Override
    public void close() {
        List<Kept> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(kept.values());
            kept.clear();
        }
        all.forEach(Kept::end);
    }

    private void endLater(String stream, Kept ending) {
        try {
            threads.execute(() -> end(stream, ending));
        } catch (RejectedExecutionException e) {
            // Closing, which lets go of everything anyway.
        }
    }

    private void end(String stream, Kept ending) {
        boolean mine;
        synchronized (this) {
            mine = kept.remove(stream, ending);
        }
        if (mine) {
            ending.end();
        }
    }
}
