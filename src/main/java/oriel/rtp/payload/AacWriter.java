package oriel.rtp.payload;

import oriel.rtp.RtpPacket;

/** Writes AAC frames, one a packet, in parts where they do not fit one (RFC 3640, 3.2.3). */
final class AacWriter {
    /** The most bytes that a header can tell. */
    static final int MAX_FRAME = (1 << 13) - 1;

    private static final int FRONT_BYTES = AacHeaders.SIZE_BYTES + AacHeaders.HEADER_BYTES;
    private static final int MAX_DATA = PacketLine.MAX_PAYLOAD - FRONT_BYTES;

    private final PacketLine line;

    AacWriter(PacketLine line) {
        this.line = line;
    }

    /** Writes the frame of {@code size} bytes, {@value #MAX_FRAME} at most, at {@code from}. */
    void frame(ByteSource source, int from, int size, long ptsTicks, PacketOutput output) {
        line.open(ptsTicks, output);
        int at = 0;
        do {
            int count = Math.min(size - at, MAX_DATA);
            byte[] array = new byte[RtpPacket.HEADER_BYTES + FRONT_BYTES + count];
            AacHeaders.write(array, RtpPacket.HEADER_BYTES, size);
            source.copy(from + at, array, RtpPacket.HEADER_BYTES + FRONT_BYTES, count);
            line.add(array, array.length, at == 0);
            at += count;
        } while (at < size);
        line.release(true);
    }
}
