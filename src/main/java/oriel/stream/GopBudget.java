package oriel.stream;

import java.util.concurrent.atomic.AtomicLong;

/** What all GOP caches of the hub may hold together, bytes. Any thread. */
final class GopBudget {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    GopBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A quarter of the heap. */
    static GopBudget ofHeap() {
        return new GopBudget(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Takes {@code bytes} of the budget unless that exceeds it. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long maxBytes() {
        return maxBytes;
    }

    long used() {
        return used.get();
    }
}
