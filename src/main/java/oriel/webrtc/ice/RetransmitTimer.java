package oriel.webrtc.ice;

/**
 * When one request goes out again (RFC 8489, 6.2.1): after the first waiting time, then after twice the last one each, and what is
 * never answered is given up 16 first waiting times after its last going out.
 */
final class RetransmitTimer {
    private static final int LAST_WAIT_FACTOR = 16;

    private final long rtoNanos;
    private final int tries;
    private int sent = 1;
    private long nextAt;

    /** The request goes out for the first time at {@code nowNanos}, for the last time as number {@code tries}. */
    RetransmitTimer(long rtoNanos, int tries, long nowNanos) {
        this.rtoNanos = rtoNanos;
        this.tries = tries;
        this.nextAt = nowNanos + waitNanos();
    }

    /** When to look again. */
    long nextAt() {
        return nextAt;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextAt >= 0;
    }

    /** Whether the request, which is due, goes out again; else it has failed. */
    boolean again(long nowNanos) {
        if (sent == tries) {
            return false;
        }
        sent++;
        nextAt = nowNanos + waitNanos();
        return true;
    }

    private long waitNanos() {
        return sent == tries ? rtoNanos * LAST_WAIT_FACTOR : rtoNanos << (sent - 1);
    }
}
