package oriel.stream;

/**
 * One track's time, from the camera's 32-bit RTP timestamps to a count that never wraps, jumps or goes back over
 * reconnects. All timelines of a source count from the same moment, so that equal times of sound and picture belong
 * together. A timestamp that strays from the wall clock by more than {@value #MAX_DRIFT_SECONDS} s (camera restarted,
 * clock set, other SSRC) begins a new anchor. Owned by the source's home loop.
 */
final class TrackTimeline {
    private static final int MAX_DRIFT_SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final int clockRate;
    private final long epochNanos;
    private boolean anchored;
    private long lastTimestamp;
    private long lastPts;
    private long highestPts = -1;
    private long jumps;

    /**
     * @param clockRate ticks a second
     * @param epochNanos the moment that all tracks of the source count from
     */
    TrackTimeline(int clockRate, long epochNanos) {
        this.clockRate = clockRate;
        this.epochNanos = epochNanos;
    }

    /** The camera begins anew: its next timestamp has nothing to do with the last. */
    void restart() {
        anchored = false;
    }

    /** The time of a packet with {@code timestamp} that arrives at {@code nowNanos}. */
    long pts(long timestamp, long nowNanos) {
        long arrival = arrivalTicks(nowNanos);
        if (anchored) {
            // The difference as a signed 32-bit number survives the wrap and B-frames' steps back.
            long pts = lastPts + (int) (timestamp - lastTimestamp);
            if (Math.abs(pts - arrival) <= (long) MAX_DRIFT_SECONDS * clockRate) {
                return remember(timestamp, pts);
            }
            jumps++;
        }
        anchored = true;
        return remember(timestamp, Math.max(arrival, highestPts + 1));
    }

    /** The time of a unit that counts from the start of its source's try. */
    long unitPts(long ptsTicks, long nowNanos) {
        return pts(ptsTicks & 0xFFFF_FFFFL, nowNanos);
    }

    /** How often the camera's time jumped. */
    long jumps() {
        return jumps;
    }

    /** The time that a packet with {@code timestamp} has or would have, for sender reports; after the first packet. */
    long ptsOf(long timestamp) {
        return lastPts + (int) (timestamp - lastTimestamp);
    }

    boolean anchored() {
        return anchored;
    }

    private long remember(long timestamp, long pts) {
        lastTimestamp = timestamp;
        lastPts = pts;
        highestPts = Math.max(highestPts, pts);
        return pts;
    }

    private long arrivalTicks(long nowNanos) {
        long nanos = nowNanos - epochNanos;
        return nanos / NANOS * clockRate + nanos % NANOS * clockRate / NANOS;
    }
}
