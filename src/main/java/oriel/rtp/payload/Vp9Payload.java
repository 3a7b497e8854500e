package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import oriel.base.MalformedException;
import oriel.rtp.RtpView;

/**
 * VP9's payload descriptor (RFC 9628, 4.2):
 * <pre>
 * |I|P|L|F|B|E|V|Z|
 * |M| PictureID   |  if I, and a byte more if M
 * | TID |U| SID |D|  if L
 * |   TL0PICIDX   |  if L and not F
 * | P_DIFF      |N|  if F and P, up to three while N
 * | scalability.. |  if V
 * </pre>
 */
enum Vp9Payload implements PassRule {
    RULE;

    private static final int PICTURE_ID_BIT = 0x80;
    private static final int INTER_BIT = 0x40;
    private static final int LAYERS_BIT = 0x20;
    private static final int FLEXIBLE_BIT = 0x10;
    private static final int START_BIT = 0x08;
    private static final int END_BIT = 0x04;
    private static final int STRUCTURE_BIT = 0x02;
    private static final int LONG_ID_BIT = 0x80;
    private static final int SPATIAL_MASK = 0x0E;
    private static final int MORE_BIT = 0x01;
    private static final int MAX_REFERENCES = 3;

    // Of the scalability structure: |N_S |Y|G| RSV |
    private static final int STRUCTURE_LAYERS_SHIFT = 5;
    private static final int STRUCTURE_SIZES_BIT = 0x10;
    private static final int STRUCTURE_GROUP_BIT = 0x08;
    private static final int GROUP_REFERENCES_SHIFT = 2;
    private static final int GROUP_REFERENCES_MASK = 0x03;

    /** The start of a frame that refers to none before, in the lowest spatial layer. */
    @Override
    public boolean isKeyStart(RtpView packet) {
        int length = packet.payloadLength();
        int first = packet.payload(0);
        if ((first & START_BIT) == 0 || (first & INTER_BIT) != 0) {
            return false;
        }
        if ((first & LAYERS_BIT) == 0) {
            return true;
        }
        int at = 1;
        if ((first & PICTURE_ID_BIT) != 0) {
            at += length > 1 && (packet.payload(1) & LONG_ID_BIT) != 0 ? 2 : 1;
        }
        return at < length && (packet.payload(at) & SPATIAL_MASK) == 0;
    }

    /** Parts of one layer frame: the first keeps its start and the structure, the last its end. */
    @Override
    public List<byte[]> part(byte[] payload) throws MalformedException {
        int plain = plainLength(payload);
        int head = (payload[0] & STRUCTURE_BIT) != 0 ? structureEnd(payload, plain) : plain;
        List<byte[]> parts = new ArrayList<>();
        for (EqualParts cut = EqualParts.of(head, payload.length, head); cut.isThere(); cut = cut.next()) {
            int own = cut.isFirst() ? head : plain;
            byte[] part = new byte[own + cut.length()];
            System.arraycopy(payload, 0, part, 0, own);
            System.arraycopy(payload, cut.at(), part, own, cut.length());
            int flags = payload[0] & ~(cut.isLast() ? 0 : END_BIT);
            part[0] = (byte) (cut.isFirst() ? flags : flags & ~(START_BIT | STRUCTURE_BIT));
            parts.add(part);
        }
        return parts;
    }

    /** What stands before the picture's bytes; {@code payload} has at least 9 bytes, of which the last may be added zeros. */
    static int length(byte[] payload) throws MalformedException {
        int plain = plainLength(payload);
        return (payload[0] & STRUCTURE_BIT) != 0 ? structureEnd(payload, plain) : plain;
    }

    // What stands before the scalability structure: at most 8 bytes, so that a payload to be parted has them all.
    private static int plainLength(byte[] payload) {
        int first = payload[0];
        int at = 1;
        if ((first & PICTURE_ID_BIT) != 0) {
            at += (payload[1] & LONG_ID_BIT) != 0 ? 2 : 1;
        }
        if ((first & LAYERS_BIT) != 0) {
            at += (first & FLEXIBLE_BIT) != 0 ? 1 : 2;
        }
        if ((first & FLEXIBLE_BIT) != 0 && (first & INTER_BIT) != 0) {
            int count = 1;
            while (count < MAX_REFERENCES && (payload[at] & MORE_BIT) != 0) {
                count++;
                at++;
            }
            at++;
        }
        return at;
    }

    // At most 32 bytes of sizes and 255 pictures of 4: it may be longer than the payload, and than our packets.
    private static int structureEnd(byte[] payload, int begin) throws MalformedException {
        int head = payload[begin] & 0xFF;
        int at = begin + 1;
        at += (head & STRUCTURE_SIZES_BIT) != 0 ? 4 * ((head >> STRUCTURE_LAYERS_SHIFT) + 1) : 0;
        if ((head & STRUCTURE_GROUP_BIT) != 0) {
            int pictures = byteAt(payload, at++);
            for (int i = 0; i < pictures; i++) {
                at += 1 + (byteAt(payload, at) >> GROUP_REFERENCES_SHIFT & GROUP_REFERENCES_MASK);
            }
        }
        if (at >= payload.length || at > PacketLine.MAX_PAYLOAD / 2) {
            throw new MalformedException("scalability structure too long");
        }
        return at;
    }

    private static int byteAt(byte[] payload, int index) throws MalformedException {
        if (index >= payload.length) {
            throw new MalformedException("scalability structure cut off");
        }
        return payload[index] & 0xFF;
    }
}
