package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpView;

/** Passes sound on whose bytes can be parted between any two samples (RFC 3551: G.711, G.722, L16). */
final class SampleNormalizer implements Normalizer {
    private final Codec codec;
    private final SampleWriter writer;
    private final ByteSource.Packet source = new ByteSource.Packet();

    SampleNormalizer(Codec codec, int bytesPerTick) {
        this.codec = codec;
        this.writer = new SampleWriter(bytesPerTick);
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        if (packet.payloadLength() == 0) {
            throw new MalformedException("empty payload");
        }
        source.look(packet);
        writer.write(source, packet.payloadLength(), ptsTicks, packet.marker(), output);
    }

    @Override
    public void gap() {
        writer.gap();
    }

    @Override
    public Codec codec() {
        return codec;
    }
}
