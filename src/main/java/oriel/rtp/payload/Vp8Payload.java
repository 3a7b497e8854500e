package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import oriel.rtp.RtpView;

/**
 * VP8's payload descriptor (RFC 7741, 4.2):
 * <pre>
 * |X|R|N|S|R| PID |
 * |I|L|T|K| RSV   |  if X
 * |M| PictureID   |  if I, and a byte more if M
 * |   TL0PICIDX   |  if L
 * |TID|Y| KEYIDX  |  if T or K
 * </pre>
 */
enum Vp8Payload implements PassRule {
    RULE;

    private static final int EXTENDED_BIT = 0x80;
    private static final int START_BIT = 0x10;
    private static final int PARTITION_MASK = 0x07;
    private static final int PICTURE_ID_BIT = 0x80;
    private static final int LONG_ID_BIT = 0x80;
    private static final int TL0_BIT = 0x40;
    private static final int TID_OR_KEY_BITS = 0x30;

    // Of the frame's own header (RFC 6386, 9.1).
    private static final int INTER_BIT = 0x01;

    /** The start of the first partition, of a frame that refers to none before. */
    @Override
    public boolean isKeyStart(RtpView packet) {
        int length = packet.payloadLength();
        int first = packet.payload(0);
        if ((first & START_BIT) == 0 || (first & PARTITION_MASK) != 0) {
            return false;
        }
        int second = length > 1 ? packet.payload(1) : 0;
        int third = length > 2 ? packet.payload(2) : 0;
        int at = descriptorLength(first, second, third);
        return at < length && (packet.payload(at) & INTER_BIT) == 0;
    }

    /** Parts of one partition, of which only the first is its start. */
    @Override
    public List<byte[]> part(byte[] payload) {
        int head = descriptorLength(payload[0], payload[1], payload[2]);
        List<byte[]> parts = new ArrayList<>();
        for (EqualParts cut = EqualParts.of(head, payload.length, head); cut.isThere(); cut = cut.next()) {
            byte[] part = new byte[head + cut.length()];
            System.arraycopy(payload, 0, part, 0, head);
            System.arraycopy(payload, cut.at(), part, head, cut.length());
            if (!cut.isFirst()) {
                part[0] &= (byte) ~START_BIT;
            }
            parts.add(part);
        }
        return parts;
    }

    /** What stands before the picture's bytes; {@code payload} has at least 3 bytes, of which the last may be added zeros. */
    static int length(byte[] payload) {
        return descriptorLength(payload[0], payload[1], payload[2]);
    }

    // At most 6; the second and third byte count only if they belong to it.
    private static int descriptorLength(int first, int second, int third) {
        if ((first & EXTENDED_BIT) == 0) {
            return 1;
        }
        int length = 2;
        if ((second & PICTURE_ID_BIT) != 0) {
            length += (third & LONG_ID_BIT) != 0 ? 2 : 1;
        }
        length += (second & TL0_BIT) != 0 ? 1 : 0;
        return length + ((second & TID_OR_KEY_BITS) != 0 ? 1 : 0);
    }
}
