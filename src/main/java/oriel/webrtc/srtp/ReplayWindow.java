package oriel.webrtc.srtp;

/**
 * Which of the last 128 packets came already (RFC 3711, 3.3.2). Nothing changes by asking; only a packet that proved genuine
 * is accepted.
 */
final class ReplayWindow {
    static final int PACKETS = 2 * Long.SIZE;

    private static final long NONE = -1;

    private long highest = NONE;
    // Bit n of recent stands for highest - n, of older for highest - 64 - n.
    private long recent;
    private long older;

    boolean isEmpty() {
        return highest == NONE;
    }

    /** The highest index so far; without meaning while empty. */
    long highest() {
        return highest;
    }

    /** Whether a packet of this index, 0 or more, may be new. */
    boolean admits(long index) {
        long age = highest - index;
        if (age < 0) {
            return true;
        }
        if (age >= PACKETS) {
            return false;
        }
        long word = age < Long.SIZE ? recent : older;
        return (word >>> (age % Long.SIZE) & 1) == 0;
    }

    /** Remembers a genuine packet that {@link #admits} let through. */
    void accept(long index) {
        long step = index - highest;
        if (isEmpty() || step >= PACKETS) {
            highest = index;
            recent = 1;
            older = 0;
        } else if (step > 0) {
            highest = index;
            forward((int) step);
            recent |= 1;
        } else if (-step < Long.SIZE) {
            recent |= 1L << -step;
        } else {
            older |= 1L << (-step - Long.SIZE);
        }
    }

    private void forward(int step) {
        if (step >= Long.SIZE) {
            older = recent << (step - Long.SIZE);
            recent = 0;
        } else {
            older = older << step | recent >>> (Long.SIZE - step);
            recent <<= step;
        }
    }
}
