package oriel.stream;

import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps a source wanted until closed: a viewer, a preload. Closing twice is harmless; any thread. */
public final class Hold implements AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable release;

    Hold(Runnable release) {
        this.release = release;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
