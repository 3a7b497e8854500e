package oriel.testing.impair;

import java.time.Duration;

/**
 * What one direction of a network does to packets. Immutable; start from {@link #NONE}.
 *
 * @param loss fraction that vanishes, 0 to 1
 * @param delay what each packet takes
 * @param jitter what it takes at most on top, evenly spread, the order kept
 * @param reordered fraction that is held back until {@code reorderDepth} later ones have passed
 * @param reorderDepth packets, 0 or more
 * @param duplicated fraction that comes twice
 * @param bitsPerSecond what fits through; 0 for all
 * @param queueBytes what waits for its turn there; more is lost
 * @param outage all that leaves in this part of each {@code outageEvery} is lost
 * @param outageEvery zero for no outages
 */
public record Impairment(
        double loss,
        Duration delay,
        Duration jitter,
        double reordered,
        int reorderDepth,
        double duplicated,
        long bitsPerSecond,
        long queueBytes,
        Duration outage,
        Duration outageEvery) {
    /** A good network. */
    public static final Impairment NONE =
            new Impairment(0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    /** Nothing comes through, and nobody is told. */
    public static final Impairment DEAD = NONE.lossy(1);

    public Impairment lossy(double fraction) {
        return new Impairment(
                fraction,
                delay,
                jitter,
                reordered,
                reorderDepth,
                duplicated,
                bitsPerSecond,
                queueBytes,
                outage,
                outageEvery);
    }

    public Impairment delayed(Duration time, Duration spread) {
        return new Impairment(
                loss,
                time,
                spread,
                reordered,
                reorderDepth,
                duplicated,
                bitsPerSecond,
                queueBytes,
                outage,
                outageEvery);
    }

    public Impairment reordering(double fraction, int depth) {
        return new Impairment(
                loss, delay, jitter, fraction, depth, duplicated, bitsPerSecond, queueBytes, outage, outageEvery);
    }

    public Impairment duplicating(double fraction) {
        return new Impairment(
                loss, delay, jitter, reordered, reorderDepth, fraction, bitsPerSecond, queueBytes, outage, outageEvery);
    }

    public Impairment limited(long bits, long queue) {
        return new Impairment(
                loss, delay, jitter, reordered, reorderDepth, duplicated, bits, queue, outage, outageEvery);
    }

    public Impairment failing(Duration time, Duration every) {
        return new Impairment(
                loss, delay, jitter, reordered, reorderDepth, duplicated, bitsPerSecond, queueBytes, time, every);
    }
}
