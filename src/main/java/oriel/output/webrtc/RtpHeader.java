package oriel.output.webrtc;

/**
 * Writes the plain RTP header (RFC 3550, 5.1) of a viewer's packet into 12 bytes of an array.
 */
final class RtpHeader {
    private static final byte VERSION_2 = (byte) 0x80;
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

    private static void putInt(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 24);
        target[at + 1] = (byte) (value >> 16);
        target[at + 2] = (byte) (value >> 8);
        target[at + 3] = (byte) value;
    }
}
