package oriel.catalog;

import java.util.concurrent.atomic.AtomicBoolean;
import oriel.stream.LiveStream;

/** A stream for as long as somebody watches it. Closing twice is harmless; any thread. */
public final class Lease implements AutoCloseable {
    private final LiveStream stream;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(LiveStream stream, Runnable giveBack) {
        this.stream = stream;
        this.giveBack = giveBack;
    }

    public LiveStream stream() {
        return stream;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
