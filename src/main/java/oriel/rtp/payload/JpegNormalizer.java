package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;

/** Passes JPEG on (RFC 2435), cut again where a payload does not fit a packet. */
final class JpegNormalizer implements Normalizer {
    /** F and L set and the count at its highest: whole restart intervals are not promised (RFC 2435, 3.1.7). */
    private static final byte NO_WHOLE_INTERVALS = (byte) 0xFF;

    private final Codec codec;
    private final JpegPayload payload = new JpegPayload();
    private final PacketLine line = new PacketLine();
    private final ByteSource.Packet source = new ByteSource.Packet();

    JpegNormalizer(Codec codec) {
        this.codec = codec;
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        int length = packet.payloadLength();
        source.look(packet);
        line.open(ptsTicks, output);
        try {
            payload.parse(source, length);
            if (length <= PacketLine.MAX_PAYLOAD) {
                whole(length);
            } else {
                cut(length);
            }
        } catch (MalformedException e) {
            line.gap();
            throw e;
        }
        line.release(packet.marker());
    }

    private void whole(int length) {
        byte[] array = new byte[RtpPacket.HEADER_BYTES + length];
        source.copy(0, array, RtpPacket.HEADER_BYTES, length);
        line.add(array, array.length, payload.fragmentOffset() == 0);
    }

    private void cut(int length) throws MalformedException {
        int front = payload.dataOffset();
        if (front >= PacketLine.MAX_PAYLOAD) {
            throw new MalformedException("JPEG tables longer than a packet");
        }
        int at = front;
        while (at < length) {
            int count = Math.min(length - at, PacketLine.MAX_PAYLOAD - front);
            byte[] array = new byte[RtpPacket.HEADER_BYTES + front + count];
            source.copy(0, array, RtpPacket.HEADER_BYTES, front);
            source.copy(at, array, RtpPacket.HEADER_BYTES + front, count);
            int offset = payload.fragmentOffset() + at - payload.dataOffset();
            array[RtpPacket.HEADER_BYTES + 1] = (byte) (offset >> 16);
            array[RtpPacket.HEADER_BYTES + 2] = (byte) (offset >> 8);
            array[RtpPacket.HEADER_BYTES + 3] = (byte) offset;
            if (payload.hasRestarts()) {
                int restart = RtpPacket.HEADER_BYTES + JpegPayload.RESTART_OFFSET;
                array[restart + 2] = NO_WHOLE_INTERVALS;
                array[restart + 3] = NO_WHOLE_INTERVALS;
            }
            line.add(array, array.length, offset == 0);
            at += count;
            front = payload.furtherFrontBytes();
        }
    }

    @Override
    public void gap() {
        line.gap();
    }

    @Override
    public Codec codec() {
        return codec;
    }
}
