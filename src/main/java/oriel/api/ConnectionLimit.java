package oriel.api;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.metrics.Drops;
import oriel.metrics.Limit;

/**
 * How many HTTP connections and WebSockets may be open at once: few enough that cameras, viewers and files still find
 * descriptors when somebody opens all the connections that we take; and a quarter of them for one address, or, where many
 * come from one, one user, so that nobody locks the others out. Any thread.
 */
final class ConnectionLimit {
    /** The most, where the system allows many more descriptors. */
    static final int MOST = 2048;

    // For cameras, the media port, files and children; and what is left is shared with them half and half.
    private static final int RESERVED = 64;
    private static final int LEAST = 16;

    // A browser opens six.
    private static final int LEAST_EACH = 12;

    private final int most;
    private final Drops drops;
    private final AtomicInteger open = new AtomicInteger();
    private final Shares addresses;
    private final Shares users;

    ConnectionLimit(int most, Drops drops) {
        this.most = most;
        this.drops = drops;
        this.addresses = new Shares(mostEach(most));
        this.users = new Shares(mostEach(most));
    }

    /** As many as this machine has room for. */
    static ConnectionLimit ofMachine(Drops drops) {
        return new ConnectionLimit(mostWith(freeDescriptors()), drops);
    }

    static int mostWith(long freeDescriptors) {
        return Math.clamp((freeDescriptors - RESERVED) / 2, LEAST, MOST);
    }

    static int mostEach(int most) {
        return Math.max(LEAST_EACH, most / 4);
    }

    /** What each address has of the places, where an address is a visitor. */
    Shares addresses() {
        return addresses;
    }

    /** What each user has of requests under way and WebSockets. */
    Shares users() {
        return users;
    }

    /** A place is refused, for {@code reason}. */
    void refused(String reason) {
        drops.count(reason);
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
                                "http.address",
                                addresses.most(),
                                "HTTP connections and WebSockets of one address (an IPv6 /64 is one)",
                                "A further one is closed at once. Peers that many come from are not counted as one.")
                        .filledBy(addresses::largest)
                        .countedBy(drops, "http-address-full"),
                Limit.of(
                                "http.user",
                                users.most(),
                                "requests under way and WebSockets of one user",
                                "A further one is refused with 429.")
                        .filledBy(users::largest)
                        .countedBy(drops, "http-user-full"));
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
