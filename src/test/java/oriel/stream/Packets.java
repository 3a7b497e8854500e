package oriel.stream;

import java.nio.ByteBuffer;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.rtp.RtpView;

/** RTP packets of a small H.264 camera. */
final class Packets {
    /** SPS of 1280x720 constrained baseline and a PPS, as libx264 writes them. */
    static final Bytes SPS = Bytes.ofHex("6742c01fd9005005bb016a02020280000003008000001e078c1924");

    static final Bytes PPS = Bytes.ofHex("68cb83cb20");
    private static final byte[] IDR = {0x65, (byte) 0x88, (byte) 0x84, 0x21, (byte) 0xa0};
    private static final byte[] DELTA = {0x41, (byte) 0x9a, 0x02, 0x03, 0x04};
    private static final byte[] B_SLICE = {0x41, (byte) 0xa8, 0x02, 0x03, 0x04};

    private int sequence = 100;
    private long timestamp = 5000;

    RtpView key() throws MalformedException {
        return next(IDR);
    }

    RtpView delta() throws MalformedException {
        return next(DELTA);
    }

    /** A slice of bidirectional prediction: first_mb_in_slice 0 ("1"), slice_type 1 ("010"). */
    RtpView bidirectional() throws MalformedException {
        return next(B_SLICE);
    }

    RtpView sound(int bytes) throws MalformedException {
        return view(new byte[bytes], false);
    }

    void skip(int packets) {
        sequence += packets;
    }

    private RtpView next(byte[] nal) throws MalformedException {
        timestamp += 3600;
        return view(nal, true);
    }

    private RtpView view(byte[] payload, boolean marker) throws MalformedException {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80)
                .put((byte) (marker ? 0xE0 : 0x60))
                .putShort((short) sequence++)
                .putInt((int) timestamp)
                .putInt(0x1234)
                .put(payload);
        RtpView view = new RtpView();
        view.wrap(packet, 0, packet.capacity());
        return view;
    }
}
