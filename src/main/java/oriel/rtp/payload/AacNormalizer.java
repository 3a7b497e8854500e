package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;

/**
 * Passes AAC on (RFC 3640, AAC-hbr). A payload that does not fit a packet and holds several frames, as cameras send over
 * TCP, becomes a packet for each.
 */
final class AacNormalizer implements Normalizer {
    private final Codec.Aac codec;
    private final int frameTicks;
    private final PacketLine line = new PacketLine();
    private final AacWriter writer = new AacWriter(line);
    private final ByteSource.Packet source = new ByteSource.Packet();

    AacNormalizer(Codec.Aac codec) {
        this.codec = codec;
        this.frameTicks = AacDepacketizer.frameTicks(codec);
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        int length = packet.payloadLength();
        source.look(packet);
        try {
            AacHeaders headers = AacHeaders.parse(source, length);
            if (length <= PacketLine.MAX_PAYLOAD) {
                pass(packet, length, ptsTicks, output);
            } else if (headers.isPart()) {
                throw new MalformedException("AAC payload longer than a packet");
            } else {
                part(headers, ptsTicks, output);
            }
        } catch (MalformedException e) {
            line.gap();
            throw e;
        }
    }

    private void pass(RtpView packet, int length, long ptsTicks, PacketOutput output) {
        byte[] array = new byte[RtpPacket.HEADER_BYTES + length];
        packet.copyPayload(0, array, RtpPacket.HEADER_BYTES, length);
        line.open(ptsTicks, output);
        line.add(array, array.length, true);
        line.release(packet.marker());
    }

    private void part(AacHeaders headers, long ptsTicks, PacketOutput output) {
        int at = headers.dataOffset();
        for (int i = 0; i < headers.count(); i++) {
            writer.frame(source, at, headers.size(i), ptsTicks + (long) i * frameTicks, output);
            at += headers.size(i);
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
