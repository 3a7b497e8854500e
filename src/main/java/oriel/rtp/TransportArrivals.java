package oriel.rtp;

import java.util.Arrays;

/**
 * Which of a run of packets came to a receiver, and when by its own clock. Immutable.
 */
public final class TransportArrivals {
    /** One unit of a time, microseconds. */
    public static final int TICK_MICROS = 250;

    /** What the reference time of a report counts in, microseconds. */
    public static final int REFERENCE_MICROS = 64_000;

    static final int LOST = Integer.MIN_VALUE;

    private final int base;
    private final int reference;
    private final int[] ticks;

    /**
     * @param reference 24 bits, signed
     * @param ticks of each packet, from the reference; {@link #LOST} for one that did not come; taken over
     */
    TransportArrivals(int base, int reference, int[] ticks) {
        this.base = base;
        this.reference = reference;
        this.ticks = ticks;
    }

    /** The number of the first packet, 16 bits. */
    public int base() {
        return base;
    }

    /** How many packets this speaks of. */
    public int count() {
        return ticks.length;
    }

    /** What the times of this report count from, in units of {@value #REFERENCE_MICROS} us; 24 bits, signed, it wraps. */
    public int reference() {
        return reference;
    }

    /** Whether packet {@code place}, from 0, came. */
    public boolean came(int place) {
        return ticks[place] != LOST;
    }

    /** When it came, microseconds from the reference; only if it did. */
    public long micros(int place) {
        return (long) ticks[place] * TICK_MICROS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportArrivals that
                && base == that.base
                && reference == that.reference
                && Arrays.equals(ticks, that.ticks);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * base + reference) + Arrays.hashCode(ticks);
    }

    @Override
    public String toString() {
        long came = Arrays.stream(ticks).filter(tick -> tick != LOST).count();
        return came + " of " + ticks.length + " packets from " + base;
    }
}
