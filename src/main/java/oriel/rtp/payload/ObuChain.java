package oriel.rtp.payload;

import java.util.Arrays;
import java.util.BitSet;
import oriel.rtp.RtpPacket;

/**
 * OBUs of one temporal unit, one behind the other, that wait to leave in full packets. A packet ends within an OBU wherever
 * another follows it. Holds what one of the camera's packets brings and less than one of ours.
 */
final class ObuChain {
    private static final int FIRST_CAPACITY = 4096;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private final BitSet ends = new BitSet(); // an OBU ends before that byte
    private boolean goesOn; // the first byte is not the beginning of its OBU

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /** Whether its last OBU has not ended. */
    boolean isOpen() {
        return length > 0 && !ends.get(length);
    }

    /** Whether it begins with the rest of an OBU. */
    boolean goesOn() {
        return goesOn;
    }

    /** The first byte of a chain that is not empty: an OBU's header, if it does not go on with one. */
    int first() {
        return bytes[0] & 0xFF;
    }

    void clear() {
        length = 0;
        ends.clear();
        goesOn = false;
    }

    /** Adds bytes to the open OBU, or begins another with them; it ends with them, or stays open. */
    void add(byte[] source, int at, int count, boolean end) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        System.arraycopy(source, at, bytes, length, count);
        length += count;
        if (end) {
            ends.set(length);
        }
    }

    /** How many bytes a full packet takes from the front; all of them if they fit. */
    int fit() {
        int to = Math.min(length, PacketLine.MAX_PAYLOAD - 1);
        for (int size = size(to); size > PacketLine.MAX_PAYLOAD; size = size(to)) {
            to -= Math.max(1, (size - PacketLine.MAX_PAYLOAD) / 2); // an element of one byte has a length of one
        }
        if (to == length) {
            return to;
        }
        int within = to;
        while (within > 1 && ends.get(within)) {
            within--;
        }
        return ends.get(within) ? to : within;
    }

    /**
     * Takes bytes from the front into a packet.
     *
     * @param count as {@link #fit} says
     * @param beginsSequence whether it is the first packet of a coded video sequence
     * @return room for the header, then the payload
     */
    byte[] take(int count, boolean beginsSequence) {
        int elements = elements(count);
        byte[] packet = new byte[RtpPacket.HEADER_BYTES + size(count)];
        int at = RtpPacket.HEADER_BYTES;
        packet[at++] = Av1Payload.header(goesOn, !ends.get(count), elements, beginsSequence);
        for (int from = 0; from < count; ) {
            int to = elementEnd(from, count);
            if (to < count || elements > Av1Payload.MAX_COUNTED) {
                at = Av1Payload.writeLength(to - from, packet, at);
            }
            System.arraycopy(bytes, from, packet, at, to - from);
            at += to - from;
            from = to;
        }
        drop(count);
        return packet;
    }

    private void drop(int count) {
        goesOn = !ends.get(count);
        System.arraycopy(bytes, count, bytes, 0, length - count);
        BitSet rest = ends.get(count, length + 1);
        ends.clear();
        ends.or(rest);
        length -= count;
    }

    // Of a payload with the first so many bytes.
    private int size(int count) {
        int size = 1 + count;
        boolean counted = elements(count) <= Av1Payload.MAX_COUNTED;
        for (int from = 0; from < count; ) {
            int to = elementEnd(from, count);
            size += to == count && counted ? 0 : Av1Payload.bytesOfLength(to - from);
            from = to;
        }
        return size;
    }

    private int elements(int count) {
        int elements = 0;
        for (int from = 0; from < count; from = elementEnd(from, count)) {
            elements++;
        }
        return elements;
    }

    private int elementEnd(int from, int count) {
        int end = ends.nextSetBit(from + 1);
        return end < 0 ? count : Math.min(end, count);
    }
}
