package oriel.output.webrtc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import oriel.rtp.RtpPacket;

/**
 * What was last sent of one track to one viewer, for answers to NACK: references to the shared packets with the numbers
 * this viewer got them under. Belongs to the viewer's loop.
 */
final class SentPackets {
    /** Packets remembered, about two seconds of 4 Mbit/s. */
    static final int SIZE = 1024;

    private static final int MASK = SIZE - 1;

    private final @Nullable RtpPacket[] packets = new @Nullable RtpPacket[SIZE];
    private final int[] timestamps = new int[SIZE];
    private @Nullable Repeated repeated; // most viewers miss nothing
    private long next = -1;

    /** Remembers the packet that left under {@code index}; indices only go up, and those left out are not remembered. */
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

    /** The index that a 16-bit sequence number of the viewer's means; negative if it is not remembered. */
    long indexOf(int sequence) {
        if (next < 0) {
            return -1;
        }
        int back = (int) next - sequence & 0xFFFF;
        long index = next - (back == 0 ? 1 << 16 : back);
        return next - index > SIZE || index < 0 || packets[(int) index & MASK] == null ? -1 : index;
    }

    /** Whether the packet of this index, sent before, can be sent again. */
    boolean remembers(long index) {
        return next - index <= SIZE && packets[(int) index & MASK] != null;
    }

    /** The packet under a remembered index. */
    RtpPacket packet(long index) {
        RtpPacket packet = packets[(int) index & MASK];
        if (packet == null) {
            throw new IllegalArgumentException("index " + index + " is not remembered");
        }
        return packet;
    }

    int timestamp(long index) {
        return timestamps[(int) index & MASK];
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

    void clear() {
        Arrays.fill(packets, null);
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
