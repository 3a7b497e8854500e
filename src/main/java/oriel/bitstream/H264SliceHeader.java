package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * The first two fields of a slice (ITU-T H.264, 7.3.3).
 *
 * @param firstMacroblock first_mb_in_slice; 0 begins a picture
 * @param type slice_type
 */
public record H264SliceHeader(long firstMacroblock, SliceType type) {
    private static final SliceType[] TYPES = {
        SliceType.P, SliceType.B, SliceType.I, SliceType.SP, SliceType.SI,
    };

    /** Reads the front of {@code nal}, a slice of type 1, 2 or 5 with its header byte. */
    public static H264SliceHeader parse(Bytes nal) throws MalformedException {
        BitReader reader = BitReader.ofNal(nal, 1);
        long firstMacroblock = reader.unsignedGolomb();
        int type = reader.unsignedGolomb(2 * TYPES.length - 1, "slice_type");
        return new H264SliceHeader(firstMacroblock, TYPES[type % TYPES.length]);
    }

    /** Whether it may refer to later pictures. */
    public boolean isB() {
        return type == SliceType.B;
    }

    /**
     * The type alone, for the packet path: allocates nothing and never fails.
     *
     * @param array what follows the NAL unit's header byte, from {@code offset}; 16 bytes are always enough
     */
    public static SliceType peekType(byte[] array, int offset, int length) {
        int count = HeadBits.count(array, offset, length);
        long bits = HeadBits.load(array, offset, length);
        int first = HeadBits.golombLength(bits);
        if (first >= count) {
            return SliceType.UNKNOWN;
        }
        bits <<= first;
        if (first + HeadBits.golombLength(bits) > count) {
            return SliceType.UNKNOWN;
        }
        long type = HeadBits.golomb(bits);
        return type < 2L * TYPES.length ? TYPES[(int) type % TYPES.length] : SliceType.UNKNOWN;
    }
}
