package oriel.rtp;

/**
 * Makes of 32-bit timestamps a time that never wraps: each is placed less than 2^31 ticks (6.6 hours at 90 kHz) before
 * or behind the one last seen, so reordered packets and pictures stamped by presentation keep their place. It judges no
 * jump: a camera that sets its clock moves the time by as much, and whoever needs it smooth compares with {@link
 * #last()}. Not thread-safe.
 */
public final class TimestampExtender {
    private static final long MASK_32 = 0xFFFF_FFFFL;

    private long last;
    private boolean started;

    /**
     * The full time of {@code timestamp}; the first one is itself, an older one before it may be negative.
     *
     * @param timestamp 32 bits; whatever stands above is passed over
     */
    public long extend(long timestamp) {
        last = started ? last + (int) (timestamp - last) : timestamp & MASK_32;
        started = true;
        return last;
    }

    /** The time last given; 0 before the first. */
    public long last() {
        return last;
    }
}
