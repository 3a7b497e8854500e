package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.media.AccessUnit;

/** Sound of which each unit is a packet: Opus (RFC 7587). One that does not fit is left out, with a gap. */
final class SimplePacketizer implements Packetizer {
    private final PacketLine line = new PacketLine();
    private final ByteSource.Part source = new ByteSource.Part();

    @Override
    public void packetize(AccessUnit unit, PacketOutput output) {
        line.open(unit.ptsTicks(), output);
        for (Bytes part : unit.parts()) {
            if (part.isEmpty() || part.length() > PacketLine.MAX_PAYLOAD) {
                line.gap();
            } else {
                source.look(part);
                byte[] single = FragmentWriter.single(source, 0, part.length());
                line.add(single, single.length, true);
                line.release(false);
            }
        }
    }
}
