package oriel.output.webrtc;

import java.util.ArrayDeque;
import oriel.metrics.Drops;

/**
 * What one viewer asked for again of one track and still waits for its turn. A viewer that keeps asking cannot make us send
 * much: no packet leaves twice within the round trip, and all that leaves again is at most half of what left at first, and a
 * start of {@value #ADVANCE_BYTES} bytes. Belongs to the viewer's loop.
 */
final class Resends {
    /** What may be sent again before anything was saved up: a key frame that was lost whole. */
    static final long ADVANCE_BYTES = 64_000;

    /** What can be saved up: 200 ms of 8 Mbit/s are lost at once and asked for at once. */
    static final long MAX_SAVED_BYTES = 256_000;

    /** The least time between two sendings of a packet. */
    static final long LEAST_NANOS = 20_000_000;

    /** And the most: who is slower than this asks again by himself. */
    static final long MOST_NANOS = 500_000_000;

    private final SentPackets sent;
    private final Drops drops;
    private final ArrayDeque<Long> waiting = new ArrayDeque<>(); // each once, for LEAST_NANOS keep the others out
    private long spent;

    Resends(SentPackets sent, Drops drops) {
        this.sent = sent;
        this.drops = drops;
    }

    /**
     * A sequence number is missing there: takes it up, or counts why not.
     *
     * @param sentBytes what left of this track so far, for the first time
     * @param roundTripNanos 0 if not known
     */
    void ask(int sequence, long sentBytes, long nowNanos, long roundTripNanos) {
        long index = sent.indexOf(sequence);
        if (index < 0) {
            drops.count("nack-too-old");
            return;
        }
        if (waiting.size() >= SentPackets.SIZE || credit(sentBytes) < 0) {
            drops.count("nack-too-many");
            return;
        }
        if (!sent.mayResend(index, nowNanos, Math.clamp(roundTripNanos, LEAST_NANOS, MOST_NANOS))) {
            drops.count("nack-too-soon");
            return;
        }
        spent += sent.packet(index).packet().length();
        waiting.add(index);
    }

    /** The index of the packet whose turn it is; negative if none waits. */
    long next() {
        while (!waiting.isEmpty()) {
            long index = waiting.poll();
            if (sent.remembers(index)) {
                return index;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void clear() {
        waiting.clear();
    }

    private long credit(long sentBytes) {
        long credit = ADVANCE_BYTES + sentBytes / 2 - spent;
        if (credit > MAX_SAVED_BYTES) {
            spent += credit - MAX_SAVED_BYTES;
            return MAX_SAVED_BYTES;
        }
        return credit;
    }
}
