package oriel.peer;

import java.time.Duration;

/**
 * How many new sessions this machine can take on: as many as it can shake hands with in a second. A bucket of work: each
 * session pours in what a handshake costs, the cores drain it, and what would have to wait for more than a second is
 * refused, for a viewer that is served late has given up and comes again.
 *
 * <p>The cost is that of a handshake with ourselves at start, which does the work of both ends: what viewers take of us is
 * half of it, so that half of the machine stays with those who watch already. It is not measured on real viewers, whose
 * handshakes wait for the network most of the time. Before it is known only the bound of {@link PeerHost} holds. Any thread.
 */
final class JoinPace {
    /**
     * This many are taken on at once by any machine: no such is so slow that a wall of cameras is too much, and a measurement
     * that was disturbed must not lock anybody out.
     */
    static final int LEAST = 32;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int cores;
    private long costNanos; // guarded by this, as are those below
    private long backlogNanos;
    private long lastNanos;

    JoinPace(int cores) {
        this.cores = cores;
    }

    /** What one session costs; more than a {@value #LEAST}th of what the machine does in a second counts as that. */
    synchronized void costs(Duration handshake) {
        costNanos = Math.clamp(handshake.toNanos(), 0, cores * SECOND / LEAST);
    }

    /** How many are taken on at once; as many as there are numbers while nothing was measured. */
    synchronized int most() {
        return costNanos == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, cores * SECOND / costNanos);
    }

    /** Takes a session on, if the handshakes before it will be done within a second. */
    synchronized boolean admits(long nowNanos) {
        long drained = Math.clamp(nowNanos - lastNanos, 0, SECOND) * cores;
        lastNanos = nowNanos;
        backlogNanos = Math.max(0, backlogNanos - drained);
        if (backlogNanos + costNanos > cores * SECOND) {
            return false;
        }
        backlogNanos += costNanos;
        return true;
    }
}
