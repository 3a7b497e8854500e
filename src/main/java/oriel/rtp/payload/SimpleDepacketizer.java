package oriel.rtp.payload;

import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

/** Sound of which each packet is a unit: Opus (RFC 7587), G.711, G.722, L16 (RFC 3551). Copies nothing. */
final class SimpleDepacketizer implements Depacketizer {
    @Override
    public void accept(RtpPacket packet, UnitOutput output) throws MalformedException {
        if (packet.payloadLength() == 0) {
            throw new MalformedException("empty payload");
        }
        Bytes part = Bytes.of(packet.array(), RtpPacket.HEADER_BYTES, packet.payloadLength());
        output.unit(new AccessUnit(packet.ptsTicks(), Optional.empty(), true, List.of(part)));
    }
}
