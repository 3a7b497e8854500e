package oriel.output.webrtc;

import java.util.OptionalDouble;
import oriel.rtp.TransportArrivals;

/**
 * When each packet left for one viewer, by its number on the transport, and what the viewer's feedback says of it
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01): what came, and how long it waited on the way. Remembers nearly
 * {@value #SIZE} packets. Belongs to the viewer's loop; nothing is allocated for a packet.
 */
final class DeliveryLog {
    /** Packets remembered: a second and a half of 13 Mbit/s. */
    static final int SIZE = 2048;

    private static final int MASK = SIZE - 1;
    private static final int WORD_BITS = 64;
    private static final int REMEMBERED = SIZE - WORD_BITS;

    // One unit of the times kept, 1.024 us; they wrap after an hour.
    private static final int UNIT_SHIFT = 10;

    // What is said to be lost may only be late: it counts when there was time to say otherwise.
    private static final long SETTLES_UNITS = 500_000_000L >> UNIT_SHIFT;

    // Long enough to hold a moment without a queue, short enough for clocks that drift apart.
    private static final long SHORTEST_SPAN_NANOS = 30_000_000_000L;
    private static final int REFERENCE_BITS = 24;

    private final int[] sentUnits = new int[SIZE];
    private final long[] reported = new long[SIZE / WORD_BITS];
    private final long[] arrived = new long[SIZE / WORD_BITS];
    private final RollingLow shortest = new RollingLow(SHORTEST_SPAN_NANOS);
    private final RollingLow answered = new RollingLow(SHORTEST_SPAN_NANOS);

    private long next;
    private long judged;
    private long highestReported; // behind it nothing was spoken of yet
    private boolean heard;
    private long reference;

    // Since the last settling, of the times on the way:
    private long least = Long.MAX_VALUE;
    private long sum;
    private long count;

    /** A packet leaves: its number, of which the low 16 bits go on the wire. */
    int add(long nowNanos) {
        int slot = (int) next & MASK;
        sentUnits[slot] = (int) (nowNanos >> UNIT_SHIFT);
        if (slot % WORD_BITS == 0) {
            // The rest of the word is forgotten a little early, which costs less than to write it each time.
            reported[slot / WORD_BITS] = 0;
            arrived[slot / WORD_BITS] = 0;
        }
        return (int) next++;
    }

    /** The viewer says what came. Numbers that were not given, or are forgotten, are passed over. */
    void feedback(TransportArrivals arrivals, long nowNanos) {
        if (next == 0) {
            return;
        }
        int back = (int) next - arrivals.base() & 0xFFFF;
        long first = next - (back == 0 ? 1 << 16 : back);
        long referenceMicros = unwrapped(arrivals.reference()) * TransportArrivals.REFERENCE_MICROS;
        long youngest = Long.MAX_VALUE;
        for (int place = 0; place < arrivals.count(); place++) {
            long index = first + place;
            if (index < Math.max(0, next - REMEMBERED) || index >= next) {
                continue;
            }
            highestReported = Math.max(highestReported, index + 1);
            int slot = (int) index & MASK;
            reported[slot / WORD_BITS] |= 1L << slot;
            if (arrivals.came(place) && (arrived[slot / WORD_BITS] & 1L << slot) == 0) {
                arrived[slot / WORD_BITS] |= 1L << slot;
                long age = ageUnits(slot, nowNanos);
                youngest = Math.min(youngest, age);
                came(referenceMicros + arrivals.micros(place), nowNanos, age);
            }
        }
        if (youngest != Long.MAX_VALUE) {
            answered.add(youngest, nowNanos);
        }
    }

    private void came(long arrivalMicros, long nowNanos, long ageUnits) {
        // The two clocks have nothing to do with each other; only differences of these times mean something.
        long leftNanos = ((nowNanos >> UNIT_SHIFT) - ageUnits) << UNIT_SHIFT;
        long onTheWay = arrivalMicros - leftNanos / 1000;
        shortest.add(onTheWay, nowNanos);
        least = Math.min(least, onTheWay);
        sum += onTheWay;
        count++;
    }

    private long unwrapped(int newReference) {
        int shift = Integer.SIZE - REFERENCE_BITS;
        reference = heard ? reference + ((int) (newReference - reference) << shift >> shift) : newReference;
        heard = true;
        return reference;
    }

    private long ageUnits(int slot, long nowNanos) {
        int units = (int) (nowNanos >> UNIT_SHIFT) - sentUnits[slot]; // right over the wrap
        return units;
    }

    /** What became of the packets that were not judged before and that there was time to hear of. */
    LinkEvidence settle(long nowNanos) {
        long spokenOf = 0;
        long lost = 0;
        long index = Math.max(judged, next - REMEMBERED);
        for (; index < highestReported; index++) {
            int slot = (int) index & MASK;
            if (ageUnits(slot, nowNanos) < SETTLES_UNITS) {
                break;
            }
            if ((reported[slot / WORD_BITS] & 1L << slot) != 0) {
                spokenOf++;
                lost += (arrived[slot / WORD_BITS] & 1L << slot) == 0 ? 1 : 0;
            }
        }
        judged = Math.max(judged, index);
        if (spokenOf == 0) {
            return LinkEvidence.NONE;
        }
        double standing = count == 0 ? 0 : (least - shortest.low()) / 1000.0;
        double mean = count == 0 ? 0 : (sum / (double) count - shortest.low()) / 1000.0;
        least = Long.MAX_VALUE;
        sum = 0;
        count = 0;
        return new LinkEvidence(spokenOf, (double) lost / spokenOf, standing, mean);
    }

    /** The shortest time from a packet's leaving to its feedback: the round trip and what the viewer waited; milliseconds. */
    OptionalDouble roundTripMillis() {
        return answered.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((answered.low() << UNIT_SHIFT) / 1_000_000.0);
    }
}
