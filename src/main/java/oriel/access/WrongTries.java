package oriel.access;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import oriel.base.AddressText;
import oriel.base.Clock;

/**
 * Slows down who guesses passwords: after {@value #MANY} wrong tries within a minute an address waits {@value #WAIT_SECONDS}
 * s, with the right password too. Others notice nothing. An IPv6 network of 64 bits counts as one address; beyond
 * {@value #MAX_ADDRESSES} of them the one that was quiet longest is forgotten. Any thread.
 */
public final class WrongTries {
    static final int MANY = 5;
    static final int WAIT_SECONDS = 20;

    /** Most addresses that are remembered. */
    public static final int MAX_ADDRESSES = 4096;

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Clock clock;
    private final Map<String, Deque<Long>> tries = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    public WrongTries(Clock clock) {
        this.clock = clock;
    }

    /** How many seconds {@code address} has to wait, at most {@value #WAIT_SECONDS}; 0 if it may try. */
    synchronized int waitSeconds(InetAddress address) {
        Deque<Long> times = tries.get(AddressText.visitor(address));
        if (times == null || times.size() < MANY) {
            return 0;
        }
        long now = clock.nanoTime();
        if (now - times.getFirst() > MINUTE_NANOS) {
            return 0;
        }
        long left = times.getLast() + WAIT_SECONDS * SECOND_NANOS - now;
        return left <= 0 ? 0 : (int) ((left + SECOND_NANOS - 1) / SECOND_NANOS);
    }

    /** A wrong try. */
    synchronized void count(InetAddress address) {
        Deque<Long> times = tries.computeIfAbsent(AddressText.visitor(address), k -> new ArrayDeque<>(MANY));
        if (times.size() == MANY) {
            times.removeFirst();
        }
        times.addLast(clock.nanoTime());
        if (tries.size() > MAX_ADDRESSES) {
            tries.remove(tries.keySet().iterator().next());
        }
    }

    /** How many addresses are remembered. */
    public synchronized int addresses() {
        return tries.size();
    }
}
