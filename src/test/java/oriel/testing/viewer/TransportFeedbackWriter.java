package oriel.testing.viewer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes transport feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1), by who never reads it. */
public final class TransportFeedbackWriter {
    /** Stands for a packet that did not come. */
    public static final long LOST = Long.MIN_VALUE;

    private TransportFeedbackWriter() {}

    /**
     * One RTCP packet.
     *
     * @param base number of the first packet
     * @param micros when each came by the receiver's clock, or {@link #LOST}
     */
    public static byte[] packet(int sender, int media, int base, int feedbackCount, long... micros) {
        long first = LOST;
        for (long time : micros) {
            first = first == LOST ? time : first;
        }
        long reference = first == LOST ? 0 : Math.floorDiv(first, 64_000L);
        ByteArrayOutputStream states = new ByteArrayOutputStream();
        ByteArrayOutputStream times = new ByteArrayOutputStream();
        long before = reference * 256; // in 250 us
        for (int from = 0; from < micros.length; from += 7) {
            int chunk = 0xC000; // seven states of two bits
            for (int i = 0; i < 7 && from + i < micros.length; i++) {
                long time = micros[from + i];
                if (time != LOST) {
                    long step = Math.floorDiv(time, 250L) - before;
                    before += step;
                    boolean small = step >= 0 && step <= 255;
                    chunk |= (small ? 1 : 2) << 12 - 2 * i;
                    if (!small) {
                        times.write((int) step >> 8);
                    }
                    times.write((int) step);
                }
            }
            states.write(chunk >> 8);
            states.write(chunk);
        }
        int body = 8 + 8 + states.size() + times.size();
        int padding = -body & 3;
        ByteBuffer packet = ByteBuffer.allocate(4 + body + padding)
                .put((byte) 0x8F)
                .put((byte) 205)
                .putShort((short) ((body + padding) / 4))
                .putInt(sender)
                .putInt(media)
                .putShort((short) base)
                .putShort((short) micros.length)
                .putInt((int) reference << 8 | feedbackCount & 0xFF)
                .put(states.toByteArray())
                .put(times.toByteArray());
        return packet.array();
    }
}
