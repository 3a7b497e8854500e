package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;

/**
 * Passes payloads on as they are, behind plain headers. Those that do not fit a packet are malformed: what they hold
 * cannot be parted.
 */
final class PlainNormalizer implements Normalizer {
    /** Says whether a decoder can start with a payload. */
    @FunctionalInterface
    interface KeyRule {
        boolean isKeyStart(RtpView packet);
    }

    private final Codec codec;
    private final KeyRule rule;
    private final PacketLine line = new PacketLine();

    PlainNormalizer(Codec codec, KeyRule rule) {
        this.codec = codec;
        this.rule = rule;
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        int length = packet.payloadLength();
        if (length == 0) {
            throw new MalformedException("empty payload");
        }
        if (length > PacketLine.MAX_PAYLOAD) {
            line.gap();
            throw new MalformedException(codec.name() + " payload longer than a packet");
        }
        byte[] array = new byte[RtpPacket.HEADER_BYTES + length];
        packet.copyPayload(0, array, RtpPacket.HEADER_BYTES, length);
        line.open(ptsTicks, output);
        line.add(array, array.length, rule.isKeyStart(packet));
        line.release(packet.marker());
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
