package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import oriel.base.MalformedException;
import oriel.rtp.RtpView;

/**
 * AV1's payload (RTP Payload Format For AV1 1.0, 4.4): an aggregation header, then elements, each an OBU or a part of one,
 * behind its length in leb128 but for the last of W.
 * <pre>
 * |Z|Y| W |N|-|-|-|
 * </pre>
 */
enum Av1Payload implements PassRule {
    RULE;

    private static final int CONTINUES_BIT = 0x80; // Z
    private static final int CONTINUED_BIT = 0x40; // Y
    private static final int COUNT_SHIFT = 4;
    private static final int COUNT_MASK = 0x03;
    private static final int ONE_ELEMENT = 1 << COUNT_SHIFT;
    private static final int NEW_SEQUENCE_BIT = 0x08; // N

    private static final int LEB128_MORE_BIT = 0x80;
    private static final int LEB128_BITS = 7;
    private static final int MAX_LEB128_BYTES = 4;
    private static final int MAX_ELEMENTS = 256;

    // Of an OBU's header (AV1 specification, 5.3.2).
    private static final int OBU_TYPE_SHIFT = 3;
    private static final int OBU_TYPE_MASK = 0x0F;
    private static final int OBU_SEQUENCE_HEADER = 1;

    /** The first packet of a coded video sequence: it says so, or begins with the sequence's header as it must. */
    @Override
    public boolean isKeyStart(RtpView packet) {
        int header = packet.payload(0);
        if ((header & CONTINUES_BIT) != 0) {
            return false;
        }
        if ((header & NEW_SEQUENCE_BIT) != 0) {
            return true;
        }
        int at = 1;
        if ((header >> COUNT_SHIFT & COUNT_MASK) != 1) {
            while (at <= MAX_LEB128_BYTES
                    && at < packet.payloadLength()
                    && (packet.payload(at) & LEB128_MORE_BIT) != 0) {
                at++;
            }
            at++;
        }
        return at < packet.payloadLength()
                && (packet.payload(at) >> OBU_TYPE_SHIFT & OBU_TYPE_MASK) == OBU_SEQUENCE_HEADER;
    }

    /** A packet for each element, more for those that are too long for one. */
    @Override
    public List<byte[]> part(byte[] payload) throws MalformedException {
        List<Element> elements = elements(payload);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            for (EqualParts cut = EqualParts.of(element.at, element.at + element.length, 1);
                    cut.isThere();
                    cut = cut.next()) {
                boolean goesOn = !cut.isFirst() || (i == 0 && (payload[0] & CONTINUES_BIT) != 0);
                boolean isContinued = !cut.isLast() || (i == elements.size() - 1 && (payload[0] & CONTINUED_BIT) != 0);
                byte[] part = new byte[1 + cut.length()];
                part[0] = (byte) (ONE_ELEMENT
                        | (goesOn ? CONTINUES_BIT : 0)
                        | (isContinued ? CONTINUED_BIT : 0)
                        | (parts.isEmpty() ? payload[0] & NEW_SEQUENCE_BIT : 0));
                System.arraycopy(payload, cut.at(), part, 1, cut.length());
                parts.add(part);
            }
        }
        return parts;
    }

    record Element(int at, int length) {}

    /** What a payload holds, without what is empty. */
    static List<Element> elements(byte[] payload) throws MalformedException {
        int count = payload[0] >> COUNT_SHIFT & COUNT_MASK;
        List<Element> elements = new ArrayList<>();
        int at = 1;
        while (at < payload.length) {
            if (elements.size() == (count == 0 ? MAX_ELEMENTS : count)) {
                throw new MalformedException("payload with more elements than it says, or than anybody sends");
            }
            int length = payload.length - at;
            if (count == 0 || elements.size() < count - 1) {
                long said = 0;
                int bytes = 0;
                do {
                    if (at == payload.length || bytes == MAX_LEB128_BYTES) {
                        throw new MalformedException("element without a usable length");
                    }
                    said |= (long) (payload[at] & ~LEB128_MORE_BIT & 0xFF) << (LEB128_BITS * bytes++);
                } while ((payload[at++] & LEB128_MORE_BIT) != 0);
                if (said > payload.length - at) {
                    throw new MalformedException("element longer than its packet");
                }
                length = (int) said;
            }
            elements.add(new Element(at, length));
            at += length;
        }
        if (elements.size() < count) {
            throw new MalformedException("payload with fewer elements than it says");
        }
        elements.removeIf(element -> element.length == 0);
        return elements;
    }
}
