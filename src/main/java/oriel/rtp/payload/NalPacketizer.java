package oriel.rtp.payload;

import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;

/** Cuts H.264 or H.265 pictures into packets, by the same rules as the {@link NalNormalizer}. */
final class NalPacketizer implements Packetizer {
    private final PictureWriter writer;
    private final ByteSource.Part source = new ByteSource.Part();

    NalPacketizer(NalFormat format, List<Bytes> described) {
        writer = new PictureWriter(format, described);
    }

    @Override
    public void packetize(AccessUnit unit, PacketOutput output) {
        writer.begin(unit.ptsTicks(), output);
        for (Bytes part : unit.parts()) {
            source.look(part);
            try {
                writer.whole(source, 0, part.length());
            } catch (MalformedException e) {
                // What a decoder could not read is left out; the gap in the numbers tells the viewers.
                writer.abandon();
            }
        }
        writer.finish(true);
    }
}
