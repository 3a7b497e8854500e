package oriel.webrtc.dtls;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many handshakes may be under way at once, over all peers of the process: each costs about a millisecond of a core
 * and holds some tens of kilobytes. Who finds none free is told at once and comes back with the peer's next repetition.
 * Any thread.
 */
public final class HandshakeLimit {
    /** Enough for a wall of cameras opened in several browsers at once. */
    public static final int DEFAULT_MOST = 64;

    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param most at least 1 */
    public HandshakeLimit(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("no handshake would ever be allowed: " + most);
        }
        this.most = most;
    }

    /** Takes a place, to be given back by {@link #release}; false if there is none. */
    boolean tryAcquire() {
        int now = underWay.get();
        while (now < most) {
            int seen = underWay.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void release() {
        underWay.decrementAndGet();
    }

    /** Handshakes that may be under way. */
    public int most() {
        return most;
    }

    /** Handshakes under way. */
    public int underWay() {
        return underWay.get();
    }
}
