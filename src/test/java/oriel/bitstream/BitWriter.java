package oriel.bitstream;

import java.io.ByteArrayOutputStream;
import oriel.base.Bytes;

/** Writes bits as the standards do, for parameter sets and slices made by hand. */
public final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int count;

    /** u(n). */
    public BitWriter u(int bits, long value) {
        for (int i = bits - 1; i >= 0; i--) {
            current = current << 1 | (int) (value >> i & 1);
            if (++count == 8) {
                out.write(current);
                current = 0;
                count = 0;
            }
        }
        return this;
    }

    public BitWriter flag(boolean value) {
        return u(1, value ? 1 : 0);
    }

    /** ue(v). */
    public BitWriter ue(long value) {
        int length = 64 - Long.numberOfLeadingZeros(value + 1);
        return u(length - 1, 0).u(length, value + 1);
    }

    /** se(v). */
    public BitWriter se(long value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /** The bits so far, with zeros to a whole byte. */
    public Bytes bytes() {
        while (count != 0) {
            u(1, 0);
        }
        return Bytes.of(out.toByteArray());
    }

    /** A NAL unit of these bits behind {@code header}, with the stop bit and emulation prevention. */
    public Bytes nal(int... header) {
        u(1, 1);
        Bytes payload = bytes();
        ByteArrayOutputStream nal = new ByteArrayOutputStream();
        for (int b : header) {
            nal.write(b);
        }
        int zeros = 0;
        for (int i = 0; i < payload.length(); i++) {
            if (zeros >= 2 && payload.at(i) <= 3) {
                nal.write(3);
                zeros = 0;
            }
            nal.write(payload.at(i));
            zeros = payload.at(i) == 0 ? zeros + 1 : 0;
        }
        return Bytes.of(nal.toByteArray());
    }
}
