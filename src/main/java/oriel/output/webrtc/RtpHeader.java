package oriel.output.webrtc;

/**
 * Writes the RTP header (RFC 3550, 5.1) of a viewer's packet, and behind it the one extension that some viewers get: the
 * packet's number on the transport (RFC 8285, 4.2; draft-holmer-rmcat-transport-wide-cc-extensions-01, 2).
 *
 * <pre>
 *  0               1               2               3
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                              SSRC                             |
 *  |  if X: 0xBE   |     0xDE      |        length = 1 word        |
 *  |  ID   | len=1 |  number on the transport      |   0 (padding) |
 * </pre>
 */
final class RtpHeader {
    /** Bytes without the extension. */
    static final int BYTES = 12;

    /** Bytes with it. */
    static final int NUMBERED_BYTES = 20;

    private static final byte VERSION_2 = (byte) 0x80;
    private static final byte VERSION_2_EXTENDED = (byte) 0x90;
    private static final int MARKER_BIT = 0x80;

    private RtpHeader() {}

    static void write(byte[] target, int at, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        target[at] = VERSION_2;
        target[at + 1] = (byte) (payloadType | (marker ? MARKER_BIT : 0));
        target[at + 2] = (byte) (sequence >> 8);
        target[at + 3] = (byte) sequence;
        putInt(target, at + 4, timestamp);
        putInt(target, at + 8, ssrc);
    }

    /** Extends the header at {@code at} to {@value #NUMBERED_BYTES} bytes: equal for all packets, so that trains hold together. */
    static void number(byte[] target, int at, int extensionId, int number) {
        target[at] = VERSION_2_EXTENDED;
        putInt(target, at + BYTES, 0xBEDE_0001);
        putInt(target, at + BYTES + 4, (extensionId << 4 | 1) << 24 | (number & 0xFFFF) << 8);
    }

    private static void putInt(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 24);
        target[at + 1] = (byte) (value >> 16);
        target[at + 2] = (byte) (value >> 8);
        target[at + 3] = (byte) value;
    }
}
