package oriel.output.webrtc;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.rtp.RtpPacket;
import oriel.stream.RecentPackets;

/**
 * What was last sent of one track to one viewer, for answers to NACK. Of live packets it only knows which run of the
 * loop's {@link RecentPackets} left under which numbers: nothing is written for each, which with hundreds of viewers would be a
 * tenth of a packet's whole cost. Others, of a replayed group, it keeps itself for as long as they may be asked for.
 * Belongs to the viewer's loop.
 */
final class SentPackets {
    /** Packets remembered. */
    static final int SIZE = RecentPackets.SIZE;

    /** Runs remembered; one ends where the camera's packets have a gap or the viewer skipped. */
    static final int RUNS = 64;

    private static final int MASK = SIZE - 1;

    private final ArrayDeque<Run> runs = new ArrayDeque<>(); // but for the one under way
    private @Nullable RecentPackets recent;
    private @Nullable Own own; // most viewers are live
    private @Nullable Repeated repeated; // and miss nothing
    private long next = -1;

    // The run under way, up to next. Not a Run, which would be memory of its own to look up for each burst.
    private long runIndex;
    private long runPlace;
    private int runAhead;
    private boolean running;

    /**
     * Live packets under one number each, without a gap.
     *
     * @param index of the first
     * @param end index behind the last
     * @param place of the first
     * @param ahead what the viewer's timestamps are ahead of the packets' own
     */
    private record Run(long index, long end, long place, int ahead) {
        boolean has(long wanted) {
            return wanted >= index && wanted < end;
        }
    }

    /** Where live packets come from now on. Those that came from elsewhere are forgotten. */
    @SuppressWarnings("ReferenceEquality") // Places mean something else in another.
    void from(RecentPackets source) {
        if (source != recent) {
            runs.clear();
            running = false;
            recent = source;
        }
    }

    /**
     * Remembers the live packet that left under {@code index}; indices only go up, and those left out are not remembered.
     *
     * @param place of the packet
     */
    void addLive(long index, RtpPacket packet, long place, int timestamp) {
        int ahead = timestamp - (int) packet.ptsTicks();
        if (!running || index != next || place - runPlace != index - runIndex || ahead != runAhead) {
            endRun();
            running = true;
            runIndex = index;
            runPlace = place;
            runAhead = ahead;
        }
        next = index + 1;
        if (own != null && index - own.next > SIZE) {
            own = null;
        }
    }

    /** Remembers a packet that left under {@code index} some time after it had come. */
    void addOwn(long index, RtpPacket packet, int timestamp) {
        endRun();
        Own kept = own;
        if (kept == null) {
            kept = new Own();
            own = kept;
        }
        kept.add(index, packet, timestamp);
        next = index + 1;
    }

    private void endRun() {
        if (running) {
            running = false;
            if (runs.size() == RUNS) {
                runs.removeFirst();
            }
            runs.addLast(underWay());
        }
    }

    private Run underWay() {
        return new Run(runIndex, next, runPlace, runAhead);
    }

    /** The index that a 16-bit sequence number of the viewer's means; negative if it is not remembered. */
    long indexOf(int sequence) {
        if (next < 0) {
            return -1;
        }
        int back = (int) next - sequence & 0xFFFF;
        long index = next - (back == 0 ? 1 << 16 : back);
        return index < 0 || !remembers(index) ? -1 : index;
    }

    /** Whether the packet of this index, sent before, can be sent again. */
    boolean remembers(long index) {
        return find(index).isPresent();
    }

    /**
     * The packet under a remembered index.
     *
     * @throws IllegalArgumentException if it is not remembered
     */
    Sent packet(long index) {
        return find(index).orElseThrow(() -> new IllegalArgumentException("index " + index + " is not remembered"));
    }

    private Optional<Sent> find(long index) {
        if (next - index > SIZE) {
            return Optional.empty();
        }
        if (running && index >= runIndex) {
            return index < next ? find(underWay(), index) : Optional.empty();
        }
        for (Run run : runs) {
            if (run.has(index)) {
                return find(run, index);
            }
        }
        return own == null ? Optional.empty() : own.find(index);
    }

    private Optional<Sent> find(Run run, long index) {
        RecentPackets source = recent;
        return source == null
                ? Optional.empty()
                : source.at(run.place + index - run.index)
                        .map(packet -> new Sent(packet, (int) packet.ptsTicks() + run.ahead));
    }

    /** Whether it may be sent again at {@code now}: not twice within {@code leastNanos}. */
    boolean mayResend(long index, long now, long leastNanos) {
        Repeated before = repeated;
        if (before == null) {
            before = new Repeated();
            repeated = before;
        }
        int slot = (int) index & MASK;
        if (before.indices[slot] == index && now - before.nanos[slot] < leastNanos) {
            return false;
        }
        before.indices[slot] = index;
        before.nanos[slot] = now;
        return true;
    }

    /** @param timestamp as it left */
    record Sent(RtpPacket packet, int timestamp) {}

    /** What was not live when it left. */
    private static final class Own {
        private final @Nullable RtpPacket[] packets = new @Nullable RtpPacket[SIZE];
        private final int[] timestamps = new int[SIZE];
        private long next = -1;

        void add(long index, RtpPacket packet, int timestamp) {
            for (long left = Math.max(next, index - SIZE); next >= 0 && left < index; left++) {
                // An older packet lies in its place, which would go out in answer to a NACK for what never was.
                packets[(int) left & MASK] = null;
            }
            int slot = (int) index & MASK;
            packets[slot] = packet;
            timestamps[slot] = timestamp;
            next = index + 1;
        }

        Optional<Sent> find(long index) {
            int slot = (int) index & MASK;
            RtpPacket packet = packets[slot];
            return packet == null || index >= next || next - index > SIZE
                    ? Optional.empty()
                    : Optional.of(new Sent(packet, timestamps[slot]));
        }
    }

    /** What was sent again, and when last. */
    private static final class Repeated {
        private final long[] indices = new long[SIZE];
        private final long[] nanos = new long[SIZE];

        Repeated() {
            Arrays.fill(indices, -1);
        }
    }
}
