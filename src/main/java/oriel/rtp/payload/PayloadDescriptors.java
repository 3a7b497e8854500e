package oriel.rtp.payload;

import oriel.rtp.RtpView;

/** What the first bytes of VP8, VP9 and AV1 payloads say of key frames. */
final class PayloadDescriptors {
    private static final int EXTENDED_BIT = 0x80;

    // VP8, RFC 7741, 4.2
    private static final int VP8_START_BIT = 0x10;
    private static final int VP8_PARTITION_MASK = 0x07;
    private static final int VP8_PICTURE_ID_BIT = 0x80;
    private static final int VP8_LONG_ID_BIT = 0x80;
    private static final int VP8_TL0_BIT = 0x40;
    private static final int VP8_TID_OR_KEY_BITS = 0x30;
    private static final int VP8_INTER_BIT = 0x01;

    // VP9, RFC 9628, 4.2
    private static final int VP9_PICTURE_ID_BIT = 0x80;
    private static final int VP9_INTER_BIT = 0x40;
    private static final int VP9_LAYERS_BIT = 0x20;
    private static final int VP9_START_BIT = 0x08;
    private static final int VP9_SPATIAL_MASK = 0x0E;

    // AV1 RTP payload format, 4.4
    private static final int AV1_NEW_SEQUENCE_BIT = 0x08;

    private PayloadDescriptors() {}

    /** The start of the first partition, of a frame that refers to none before. */
    static boolean isVp8Key(RtpView packet) {
        int length = packet.payloadLength();
        int first = packet.payload(0);
        if ((first & VP8_START_BIT) == 0 || (first & VP8_PARTITION_MASK) != 0) {
            return false;
        }
        int at = 1;
        if ((first & EXTENDED_BIT) != 0) {
            if (length < 2) {
                return false;
            }
            int extension = packet.payload(1);
            at = 2;
            if ((extension & VP8_PICTURE_ID_BIT) != 0) {
                at += at < length && (packet.payload(at) & VP8_LONG_ID_BIT) != 0 ? 2 : 1;
            }
            at += (extension & VP8_TL0_BIT) != 0 ? 1 : 0;
            at += (extension & VP8_TID_OR_KEY_BITS) != 0 ? 1 : 0;
        }
        return at < length && (packet.payload(at) & VP8_INTER_BIT) == 0;
    }

    /** The start of a frame that refers to none before, in the lowest spatial layer. */
    static boolean isVp9Key(RtpView packet) {
        int length = packet.payloadLength();
        int first = packet.payload(0);
        if ((first & VP9_START_BIT) == 0 || (first & VP9_INTER_BIT) != 0) {
            return false;
        }
        if ((first & VP9_LAYERS_BIT) == 0) {
            return true;
        }
        int at = 1;
        if ((first & VP9_PICTURE_ID_BIT) != 0) {
            at += length > 1 && (packet.payload(1) & EXTENDED_BIT) != 0 ? 2 : 1;
        }
        return at < length && (packet.payload(at) & VP9_SPATIAL_MASK) == 0;
    }

    /** The first packet of a coded video sequence. */
    static boolean isAv1Key(RtpView packet) {
        return (packet.payload(0) & AV1_NEW_SEQUENCE_BIT) != 0;
    }
}
