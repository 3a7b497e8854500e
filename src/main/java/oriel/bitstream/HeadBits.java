package oriel.bitstream;

/**
 * The first bits behind a NAL unit's header, held in two numbers: for the packet path, where slice headers are looked at
 * and nothing may be allocated. All methods take and give {@code bits}, left-aligned.
 */
final class HeadBits {
    private static final int EMULATION_PREVENTION = 3;

    private HeadBits() {}

    /** Up to 64 bits without emulation prevention; zeros where there are less. */
    static long load(byte[] array, int offset, int length) {
        long bits = 0;
        int loaded = 0;
        int zeros = 0;
        for (int i = offset; i < offset + length && loaded < Long.SIZE; i++) {
            int value = array[i] & 0xFF;
            if (zeros >= 2 && value == EMULATION_PREVENTION) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            bits |= (long) value << (Long.SIZE - 8 - loaded);
            loaded += 8;
        }
        return bits;
    }

    /** How many bits {@link #load} finds, 64 at most. */
    static int count(byte[] array, int offset, int length) {
        int bytes = 0;
        int zeros = 0;
        for (int i = offset; i < offset + length && bytes < Long.BYTES; i++) {
            boolean prevention = zeros >= 2 && array[i] == EMULATION_PREVENTION;
            zeros = array[i] == 0 ? zeros + 1 : 0;
            bytes += prevention ? 0 : 1;
        }
        return Byte.SIZE * bytes;
    }

    /** How many bits the Exp-Golomb number at the front takes; 64 or more if it is not whole. */
    static int golombLength(long bits) {
        return 2 * Long.numberOfLeadingZeros(bits) + 1;
    }

    /** The Exp-Golomb number at the front, which is whole. */
    static long golomb(long bits) {
        return (bits >>> (Long.SIZE - golombLength(bits))) - 1;
    }
}
