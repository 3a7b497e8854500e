package oriel.stream;

/**
 * The time of day of a track's times, for sender reports: what keeps sound and picture together. Equal times of all
 * tracks of a source are the same moment, corrected by what the camera's own sender reports say. Written by the home
 * loop, read by any.
 */
public final class TrackClock {
    private static final long NANOS = 1_000_000_000L;

    private final int clockRate;
    private final long epochWallNanos;
    private volatile long skewNanos; // home loop writes

    /**
     * @param clockRate ticks a second
     * @param epochWallNanos nanoseconds since 1970 at the track's time 0
     */
    TrackClock(int clockRate, long epochWallNanos) {
        this.clockRate = clockRate;
        this.epochWallNanos = epochWallNanos;
    }

    public int clockRate() {
        return clockRate;
    }

    /** Nanoseconds since 1970 at {@code ptsTicks}. */
    public long wallNanos(long ptsTicks) {
        return epochWallNanos + skewNanos + ptsTicks / clockRate * NANOS + ptsTicks % clockRate * NANOS / clockRate;
    }

    void skew(long nanos) {
        skewNanos = nanos;
    }
}
