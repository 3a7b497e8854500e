package oriel.stream;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import oriel.base.FailureException;

/** Keeps a source wanted until closed: a viewer, a preload. Closing twice is harmless; any thread. */
public final class Hold implements AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LiveSource source;
    private final CompletableFuture<List<TrackFacts>> outcome;
    private final Runnable release;

    Hold(LiveSource source, CompletableFuture<List<TrackFacts>> outcome, Runnable release) {
        this.source = source;
        this.outcome = outcome;
        this.release = release;
    }

    /**
     * Waits until the tracks are known, or the try that was under way when this began has failed; on a virtual thread.
     *
     * @param deadlineNanos of the clock
     * @throws FailureException why there is none, or {@code timeout} when the deadline came first
     */
    List<TrackFacts> awaitTracks(long deadlineNanos) throws FailureException, InterruptedException {
        return source.awaitTracks(outcome, deadlineNanos);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
