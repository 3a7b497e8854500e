package oriel.api;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
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
    List<Limit> limits() {
        return List.of(
                Limit.of(
                                "http.connections",
                                most,
                                "HTTP connections and WebSockets at once",
                                "A further one is closed at once; without a descriptor it waits to be accepted.")
                        .filledBy(this::open)
                        .countedBy(drops, "http-connections-full", "accept-failed"),
                Limit.of(
                                "http.request-time",
                                RequestDeadline.HEAD.toSeconds(),
                                "seconds for a request's head, and 30 for its body",
                                "The connection is closed.")
                        .countedBy(drops, "http-slow"),
                Limit.of("http.head", ApiServer.MAX_HEADER, "bytes of a request's headers", "Refused with 431.")
                        .countedBy(drops, "http-head-full"),
                Limit.of("http.body", ApiServer.MAX_BODY, "bytes of a request's body", "Refused with 413.")
                        .countedBy(drops, "http-body-full"),
                Limit.of(
                                "websocket.message",
                                SignalingSession.MAX_MESSAGE,
                                "characters of a message",
                                "The socket is closed.")
                        .countedBy(drops, "websocket-message-full"),
                Limit.of(
                                "websocket.outgoing",
                                SocketWriter.MAX_WAITING,
                                "messages waiting for one socket",
                                "A socket whose other end does not read is closed.")
                        .countedBy(drops, "websocket-slow"),
                Limit.of(
                                "websocket.candidates",
                                SignalingSession.MAX_EARLY_CANDIDATES,
                                "candidates that come before their offer",
                                "Further ones are passed over.")
                        .countedBy(drops, "early-candidates-full"));
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
