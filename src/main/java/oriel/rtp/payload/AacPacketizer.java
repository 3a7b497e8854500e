package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.media.AccessUnit;

/** Cuts AAC frames without header into packets, one a frame at least (RFC 3640, AAC-hbr). */
final class AacPacketizer implements Packetizer {
    private final PacketLine line = new PacketLine();
    private final AacWriter writer = new AacWriter(line);
    private final ByteSource.Part source = new ByteSource.Part();

    @Override
    public void packetize(AccessUnit unit, PacketOutput output) {
        for (Bytes frame : unit.parts()) {
            if (frame.isEmpty() || frame.length() > AacWriter.MAX_FRAME) {
                line.gap(); // longer than any AAC frame of one or two channels, and than its header can tell
            } else {
                source.look(frame);
                writer.frame(source, 0, frame.length(), unit.ptsTicks(), output);
            }
        }
    }
}
