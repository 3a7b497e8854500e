package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * Reads bits from the most significant on, with checked bounds; for NAL units it passes over the emulation prevention
 * bytes (ITU-T H.264, 7.4.1; H.265, 7.4.2: {@code 00 00 03}). Not thread-safe.
 */
public final class BitReader {
    private static final int EMULATION_PREVENTION = 3;
    private static final int MAX_GOLOMB_ZEROS = 31;

    private final Bytes bytes;
    private final boolean escaped;
    private int next; // byte to read
    private int zeros; // zero bytes before it
    private int current;
    private int left; // bits of current not read

    private BitReader(Bytes bytes, int from, boolean escaped) {
        this.bytes = bytes;
        this.next = from;
        this.escaped = escaped;
    }

    /** Reads the bytes as they are. */
    public static BitReader of(Bytes bytes) {
        return new BitReader(bytes, 0, false);
    }

    /** Reads what follows the {@code headerBytes} bytes of a NAL unit's header, without emulation prevention. */
    public static BitReader ofNal(Bytes nal, int headerBytes) {
        return new BitReader(nal, headerBytes, true);
    }

    /** One bit. */
    public boolean flag() throws MalformedException {
        if (left == 0) {
            load();
        }
        left--;
        return (current >> left & 1) != 0;
    }

    /**
     * An unsigned number, u(n).
     *
     * @param count its bits, 0 to 32
     */
    public long bits(int count) throws MalformedException {
        long value = 0;
        int wanted = count;
        while (wanted > 0) {
            if (left == 0) {
                load();
            }
            int taken = Math.min(wanted, left);
            left -= taken;
            value = value << taken | (current >> left & ((1 << taken) - 1));
            wanted -= taken;
        }
        return value;
    }

    /** Likewise for at most 31 bits. */
    public int intBits(int count) throws MalformedException {
        return (int) bits(count);
    }

    /** Passes over {@code count} bits. */
    public void skip(int count) throws MalformedException {
        for (int rest = count; rest > 0; rest -= 32) {
            bits(Math.min(rest, 32));
        }
    }

    /** An unsigned Exp-Golomb number, ue(v): 0 to 2^32 - 2. */
    public long unsignedGolomb() throws MalformedException {
        int leadingZeros = 0;
        while (!flag()) {
            if (++leadingZeros > MAX_GOLOMB_ZEROS) {
                throw new MalformedException("Exp-Golomb number longer than 32 bits");
            }
        }
        return (1L << leadingZeros) - 1 + bits(leadingZeros);
    }

    /** Likewise, where the standard allows no more than {@code max}. */
    public int unsignedGolomb(int max, String name) throws MalformedException {
        long value = unsignedGolomb();
        if (value > max) {
            throw new MalformedException(name + " out of range");
        }
        return (int) value;
    }

    /** A signed Exp-Golomb number, se(v). */
    public long signedGolomb() throws MalformedException {
        long code = unsignedGolomb();
        return (code & 1) != 0 ? (code + 1) >> 1 : -(code >> 1);
    }

    /** How many bits there are still, at most: emulation prevention ahead may take some away. */
    public int bitsLeft() {
        return left + 8 * (bytes.length() - next);
    }

    private void load() throws MalformedException {
        if (next >= bytes.length()) {
            throw new MalformedException("ends within a field");
        }
        int value = bytes.at(next++);
        if (escaped && zeros >= 2 && value == EMULATION_PREVENTION) {
            zeros = 0;
            load();
            return;
        }
        zeros = value == 0 ? zeros + 1 : 0;
        current = value;
        left = 8;
    }
}
