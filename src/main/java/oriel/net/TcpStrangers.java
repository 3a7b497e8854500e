package oriel.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts connections, and knows those that have proved nothing, the oldest first. Who is honest proves himself within a
 * round trip, so it is the oldest that gives way when there are too many. Any thread.
 *
 * @param <C> a connection
 */
final class TcpStrangers<C> {
    private final TcpLimits limits;
    private final Map<C, Object> strangers = new LinkedHashMap<>(); // guarded by this, as is what is below
    private int connections;

    TcpStrangers(TcpLimits limits) {
        this.limits = limits;
    }

    /**
     * A connection came.
     *
     * @param admitted whether it may stay
     * @param evicted who must be closed for it
     */
    record Verdict<C>(boolean admitted, Optional<C> evicted) {}

    synchronized Verdict<C> came(C connection, InetSocketAddress remote) {
        if (connections >= limits.connections()) {
            return new Verdict<>(false, Optional.empty());
        }
        connections++;
        Object place = place(remote.getAddress());
        Optional<C> evicted = Optional.empty();
        if (strangers.values().stream().filter(place::equals).count() >= limits.strangersOfOne()) {
            evicted = strangers.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(place))
                    .map(Map.Entry::getKey)
                    .findFirst();
        } else if (strangers.size() >= limits.strangers()) {
            evicted = strangers.keySet().stream().findFirst();
        }
        evicted.ifPresent(strangers::remove);
        strangers.put(connection, place);
        return new Verdict<>(true, evicted);
    }

    /** It has proved itself. */
    synchronized void proved(C connection) {
        strangers.remove(connection);
    }

    /** One that was admitted is gone. */
    synchronized void gone(C connection) {
        strangers.remove(connection);
        connections--;
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int strangers() {
        return strangers.size();
    }

    // Whoever has one IPv6 address has a network of them.
    private static Object place(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? ByteBuffer.wrap(bytes).getLong() : address;
    }
}
