package oriel.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import oriel.base.MalformedException;

/**
 * Reads the body of a transport feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1).
 *
 * <pre>
 *  0               1               2               3
 *  |        number of the first    |       how many packets        |
 *  |        reference time, 64 ms each             |   feedback    |
 *  |  chunks of packet states, 16 bits each, until all have one    |
 *  |  times of those that came, 250 us each: 8 bits, or 16 signed  |
 *
 *  chunk  |0| state |         run length, 13 bits          |
 *         |1|0|     14 states of 1 bit (came or not)       |
 *         |1|1|     7 states of 2 bits                     |
 * </pre>
 */
final class TransportFeedbackParser {
    private static final int FIXED_BYTES = 8;
    private static final int VECTOR_BIT = 0x8000;
    private static final int TWO_BITS_BIT = 0x4000;
    private static final int RUN_MASK = 0x1FFF;
    private static final int STATE_SHIFT = 13;
    private static final int STATE_MASK = 3;
    private static final int SMALL_STEP = 1;
    private static final int LARGE_STEP = 2;

    private final ByteBuffer buffer;
    private final int end;
    private final int[] ticks;
    private int at;

    private TransportFeedbackParser(ByteBuffer buffer, int at, int end, int count) {
        this.buffer = buffer;
        this.at = at;
        this.end = end;
        this.ticks = new int[count];
    }

    /** Reads from {@code at}, behind the two SSRCs, up to {@code end}; the buffer is big-endian. */
    static RtcpPacket.TransportFeedback parse(int sender, int media, ByteBuffer buffer, int at, int end)
            throws MalformedException {
        if (end - at < FIXED_BYTES) {
            throw cutOff();
        }
        int base = buffer.getShort(at) & 0xFFFF;
        int count = buffer.getShort(at + 2) & 0xFFFF;
        if (count > RtcpPacket.MAX_ARRIVALS) {
            throw new MalformedException(
                    "RTCP transport feedback of more than " + RtcpPacket.MAX_ARRIVALS + " packets");
        }
        int time = buffer.getInt(at + 4);
        TransportFeedbackParser parser = new TransportFeedbackParser(buffer, at + FIXED_BYTES, end, count);
        parser.states();
        parser.times();
        return new RtcpPacket.TransportFeedback(
                sender, media, time & 0xFF, new TransportArrivals(base, time >> 8, parser.ticks));
    }

    // Each packet's state stands in its place until its time is known.
    private void states() throws MalformedException {
        int place = 0;
        while (place < ticks.length) {
            if (end - at < 2) {
                throw cutOff();
            }
            int chunk = buffer.getShort(at) & 0xFFFF;
            at += 2;
            if ((chunk & VECTOR_BIT) == 0) {
                int run = Math.min(chunk & RUN_MASK, ticks.length - place);
                if (run == 0) {
                    throw new MalformedException("RTCP transport feedback with an empty run");
                }
                Arrays.fill(ticks, place, place + run, chunk >> STATE_SHIFT & STATE_MASK);
                place += run;
            } else {
                place = vector(chunk, place);
            }
        }
    }

    private int vector(int chunk, int first) {
        int bits = (chunk & TWO_BITS_BIT) == 0 ? 1 : 2;
        int place = first;
        for (int shift = 14 - bits; shift >= 0 && place < ticks.length; shift -= bits) {
            ticks[place++] = chunk >> shift & (1 << bits) - 1;
        }
        return place;
    }

    private void times() throws MalformedException {
        int time = 0;
        for (int place = 0; place < ticks.length; place++) {
            switch (ticks[place]) {
                case SMALL_STEP -> {
                    need(1);
                    time += buffer.get(at++) & 0xFF;
                    ticks[place] = time;
                }
                case LARGE_STEP -> {
                    need(2);
                    time += buffer.getShort(at);
                    at += 2;
                    ticks[place] = time;
                }
                default -> ticks[place] = TransportArrivals.LOST; // Did not come, or (3, reserved) came without a time.
            }
        }
    }

    private void need(int bytes) throws MalformedException {
        if (end - at < bytes) {
            throw cutOff();
        }
    }

    private static MalformedException cutOff() {
        return new MalformedException("RTCP transport feedback cut off");
    }
}
