package oriel.rtp;

import java.nio.ByteBuffer;
import oriel.base.MalformedException;

/** Makes RTP packets as a camera would send them. */
public final class RtpBytes {
    public static final int SSRC = 0x1234_5678;

    private RtpBytes() {}

    /** A packet with a plain header. */
    public static byte[] packet(boolean marker, int payloadType, int sequence, long timestamp, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | payloadType))
                .putShort((short) sequence)
                .putInt((int) timestamp)
                .putInt(SSRC)
                .put(payload)
                .array();
    }

    /** A view on a packet with a plain header. */
    public static RtpView view(boolean marker, int sequence, long timestamp, byte[] payload) {
        return view(packet(marker, 96, sequence, timestamp, payload));
    }

    public static RtpView view(byte[] packet) {
        RtpView view = new RtpView();
        try {
            view.wrap(ByteBuffer.wrap(packet), 0, packet.length);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        return view;
    }
}
