package oriel.webrtc.ice;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Whether the peer still wants what we send on the selected path (RFC 7675): asked every 4 to 6 s, held for 15 s after each
 * answer, where the RFC allows 30.
 */
final class Consent {
    static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long MIN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final RandomGenerator random;
    private long answeredAt;
    private long nextCheckAt;

    Consent(RandomGenerator random) {
        this.random = random;
    }

    /** Starts anew for a path that last answered at {@code answeredAtNanos}. */
    void begin(long answeredAtNanos, long nowNanos) {
        answeredAt = answeredAtNanos;
        asked(nowNanos);
    }

    void answered(long nowNanos) {
        answeredAt = nowNanos;
    }

    void asked(long nowNanos) {
        nextCheckAt = nowNanos + random.nextLong(MIN_PAUSE_NANOS, MAX_PAUSE_NANOS);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextCheckAt >= 0;
    }

    boolean isExpired(long nowNanos) {
        return nowNanos - answeredAt >= HELD_NANOS;
    }

    long nextDeadline() {
        long expiresAt = answeredAt + HELD_NANOS;
        return expiresAt - nextCheckAt < 0 ? expiresAt : nextCheckAt;
    }
}
