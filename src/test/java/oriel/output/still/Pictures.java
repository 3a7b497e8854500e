package oriel.output.still;

import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

/** H.264 pictures that nobody decodes. */
final class Pictures {
    private static final byte[] IDR = {0x65, (byte) 0x88, (byte) 0x84, 0x21};
    private static final byte[] DELTA = {0x41, (byte) 0x9A, 0x02, 0x03};

    private static long sequence;

    private Pictures() {}

    static synchronized RtpPacket packet(boolean key, boolean marker, long ptsTicks) {
        byte[] nal = key ? IDR : DELTA;
        byte[] array = new byte[RtpPacket.HEADER_BYTES + nal.length];
        System.arraycopy(nal, 0, array, RtpPacket.HEADER_BYTES, nal.length);
        return RtpPacket.take(array, array.length, sequence++, ptsTicks, marker, key);
    }

    static Picture picture(long takenNanos, int bytes) {
        AccessUnit unit = new AccessUnit(0, Optional.empty(), true, List.of(Bytes.of(new byte[bytes])));
        return new Picture(packet(true, true, 0), "H264", List.of(unit), takenNanos);
    }
}
