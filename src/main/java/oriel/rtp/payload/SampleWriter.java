package oriel.rtp.payload;

import oriel.rtp.RtpPacket;

/** Writes sound that can be parted between samples; the parts' times go on as the samples do. */
final class SampleWriter {
    private final PacketLine line = new PacketLine();
    private final int bytesPerTick;
    private final int mostBytes;

    /** @param bytesPerTick all channels of one tick of the clock, 1 to 16 */
    SampleWriter(int bytesPerTick) {
        if (bytesPerTick < 1 || bytesPerTick > PacketLine.MAX_PAYLOAD) {
            throw new IllegalArgumentException("sound of " + bytesPerTick + " bytes a tick");
        }
        this.bytesPerTick = bytesPerTick;
        this.mostBytes = PacketLine.MAX_PAYLOAD - PacketLine.MAX_PAYLOAD % bytesPerTick;
    }

    /** @param marker of the first packet: the start of a talk spurt */
    void write(ByteSource source, int length, long ptsTicks, boolean marker, PacketOutput output) {
        for (int at = 0; at < length; at += mostBytes) {
            int count = Math.min(length - at, mostBytes);
            byte[] array = new byte[RtpPacket.HEADER_BYTES + count];
            source.copy(at, array, RtpPacket.HEADER_BYTES, count);
            line.open(ptsTicks + at / bytesPerTick, output);
            line.add(array, array.length, true);
            line.release(marker && at == 0);
        }
    }

    void gap() {
        line.gap();
    }
}
