package oriel.rtp.payload;

import java.util.List;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;

/**
 * Passes payloads on as they are, behind plain headers. Those that do not fit a packet of ours, for cameras fill 1500
 * bytes, are parted where the format allows it, and malformed elsewhere.
 */
final class PlainNormalizer implements Normalizer {
    private final Codec codec;
    private final PassRule rule;
    private final PacketLine line = new PacketLine();

    PlainNormalizer(Codec codec, PassRule rule) {
        this.codec = codec;
        this.rule = rule;
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        int length = packet.payloadLength();
        if (length == 0) {
            throw new MalformedException("empty payload");
        }
        line.open(ptsTicks, output);
        if (length > PacketLine.MAX_PAYLOAD) {
            addParts(packet);
        } else {
            byte[] array = new byte[RtpPacket.HEADER_BYTES + length];
            packet.copyPayload(0, array, RtpPacket.HEADER_BYTES, length);
            line.add(array, array.length, rule.isKeyStart(packet));
        }
        line.release(packet.marker());
    }

    private void addParts(RtpView packet) throws MalformedException {
        byte[] payload = new byte[packet.payloadLength()];
        packet.copyPayload(0, payload, 0, payload.length);
        List<byte[]> parts;
        try {
            parts = rule.part(payload);
        } catch (MalformedException e) {
            line.gap();
            throw new MalformedException(codec.name() + " " + e.reason());
        }
        boolean key = rule.isKeyStart(packet);
        for (byte[] part : parts) {
            byte[] array = new byte[RtpPacket.HEADER_BYTES + part.length];
            System.arraycopy(part, 0, array, RtpPacket.HEADER_BYTES, part.length);
            line.add(array, array.length, key);
            key = false;
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
