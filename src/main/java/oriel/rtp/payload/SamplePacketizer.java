package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.media.AccessUnit;

/** Cuts sound that can be parted between samples into packets (RFC 3551: G.711, G.722, L16). */
final class SamplePacketizer implements Packetizer {
    private final SampleWriter writer;
    private final ByteSource.Part source = new ByteSource.Part();

    SamplePacketizer(int bytesPerTick) {
        writer = new SampleWriter(bytesPerTick);
    }

    @Override
    public void packetize(AccessUnit unit, PacketOutput output) {
        for (Bytes part : unit.parts()) {
            source.look(part);
            writer.write(source, part.length(), unit.ptsTicks(), false, output);
        }
    }
}
