package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import oriel.base.MalformedException;

/**
 * AV1's payload (RTP Payload Format For AV1 1.0, 4.4): an aggregation header, then elements, each an OBU or a part of one,
 * behind its length in leb128 but for the last of W.
 * <pre>
 * |Z|Y| W |N|-|-|-|
 * </pre>
 */
final class Av1Payload {
    /** W says how many elements there are, up to this many. */
    static final int MAX_COUNTED = 3;

    private static final int CONTINUES_BIT = 0x80; // Z
    private static final int CONTINUED_BIT = 0x40; // Y
    private static final int COUNT_SHIFT = 4; // W
    private static final int NEW_SEQUENCE_BIT = 0x08; // N

    private static final int LEB128_MORE_BIT = 0x80;
    private static final int LEB128_BITS = 7;
    private static final int MAX_LEB128_BYTES = 4;
    private static final int MAX_ELEMENTS = 256;

    private final byte[] bytes;
    private final List<Element> elements;

    private Av1Payload(byte[] bytes, List<Element> elements) {
        this.bytes = bytes;
        this.elements = elements;
    }

    /** Where in the payload an element lies. */
    record Element(int at, int length) {}

    /** Takes a payload of at least one byte apart. */
    static Av1Payload of(byte[] payload) throws MalformedException {
        int count = payload[0] >> COUNT_SHIFT & MAX_COUNTED;
        List<Element> elements = new ArrayList<>();
        int at = 1;
        while (at < payload.length) {
            if (elements.size() == (count == 0 ? MAX_ELEMENTS : count)) {
                throw new MalformedException("AV1 payload with more elements than it says, or than anybody sends");
            }
            int length = payload.length - at;
            if (count == 0 || elements.size() < count - 1) {
                long said = 0;
                int digits = 0;
                do {
                    if (at == payload.length || digits == MAX_LEB128_BYTES) {
                        throw new MalformedException("AV1 element without a usable length");
                    }
                    said |= (long) (payload[at] & ~LEB128_MORE_BIT & 0xFF) << (LEB128_BITS * digits++);
                } while ((payload[at++] & LEB128_MORE_BIT) != 0);
                if (said > payload.length - at) {
                    throw new MalformedException("AV1 element longer than its packet");
                }
                length = (int) said;
            }
            elements.add(new Element(at, length));
            at += length;
        }
        if (elements.isEmpty() || elements.size() < count) {
            throw new MalformedException("AV1 payload with fewer elements than it says");
        }
        return new Av1Payload(payload, elements);
    }

    /** Header and elements. */
    byte[] bytes() {
        return bytes;
    }

    /** One or more, in their order, some perhaps empty. */
    List<Element> elements() {
        return elements;
    }

    /** Whether the first element goes on with an OBU of the packet before. */
    boolean goesOn() {
        return (bytes[0] & CONTINUES_BIT) != 0;
    }

    /** Whether the last element's OBU goes on in the next packet. */
    boolean isContinued() {
        return (bytes[0] & CONTINUED_BIT) != 0;
    }

    /** Whether it is the first packet of a coded video sequence. */
    boolean beginsSequence() {
        return (bytes[0] & NEW_SEQUENCE_BIT) != 0;
    }

    /**
     * An aggregation header.
     *
     * @param count how many elements follow; beyond {@value #MAX_COUNTED} it does not say, and each has a length
     */
    static byte header(boolean goesOn, boolean isContinued, int count, boolean beginsSequence) {
        return (byte) ((goesOn ? CONTINUES_BIT : 0)
                | (isContinued ? CONTINUED_BIT : 0)
                | (count > MAX_COUNTED ? 0 : count << COUNT_SHIFT)
                | (beginsSequence ? NEW_SEQUENCE_BIT : 0));
    }

    /** How many bytes an element's length takes. */
    static int bytesOfLength(int length) {
        int bytes = 1;
        for (int rest = length >> LEB128_BITS; rest > 0; rest >>= LEB128_BITS) {
            bytes++;
        }
        return bytes;
    }

    /** Writes an element's length; returns where it ends. */
    static int writeLength(int length, byte[] array, int from) {
        int at = from;
        int rest = length;
        while (rest >= LEB128_MORE_BIT) {
            array[at++] = (byte) (rest | LEB128_MORE_BIT);
            rest >>= LEB128_BITS;
        }
        array[at++] = (byte) rest;
        return at;
    }
}
