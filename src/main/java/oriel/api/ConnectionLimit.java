package oriel.api;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.metrics.Drops;
import oriel.metrics.Limit;

/**
 * How many HTTP connections and WebSockets may be open at once: few enough that cameras, viewers and files still find
 * descriptors when somebody opens all the connections that we take. Any thread.
 */
final class ConnectionLimit {
    /** The most, where the system allows many more descriptors. */
    static final int MOST = 2048;

    // For cameras, the media port, files and children; and what is left is shared with them half and half.
    private static final int RESERVED = 64;
    private static final int LEAST = 16;

    private final int most;
    private final Drops drops;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int most, Drops drops) {
        this.most = most;
        this.drops = drops;
    }

    /** As many as this machine has room for. */
    static ConnectionLimit ofMachine(Drops drops) {
        return new ConnectionLimit(mostWith(freeDescriptors()), drops);
    }

    static int mostWith(long freeDescriptors) {
        return Math.clamp((freeDescriptors - RESERVED) / 2, LEAST, MOST);
    }

    /** Takes a place, to be given back by {@link #release}; false if there is none, which is counted. */
    boolean tryAcquire() {
        if (open.incrementAndGet() <= most) {
            return true;
        }
        open.decrementAndGet();
        drops.count("http-connections-full");
        return false;
    }

    void release() {
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }

    /** For the page. */
    Limit limit() {
        return Limit.of(
                        "http.connections",
                        most,
                        "HTTP connections and WebSockets at once",
                        "A further one is closed at once; without a descriptor it waits to be accepted.")
                .filledBy(this::open)
                .countedBy(drops, "http-connections-full", "accept-failed");
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
