package oriel.bitstream;

/**
 * What the front of a slice segment tells without its whole header (ITU-T H.265, 7.3.6.1): enough for the first segment
 * of a picture; the address in the later ones has a width that only the sequence's facts give, and they say the same.
 */
public final class H265SliceHeader {
    private static final SliceType[] TYPES = {SliceType.B, SliceType.P, SliceType.I};

    private H265SliceHeader() {}

    /** Whether this segment begins a picture; {@code firstByte} is the one that follows the two of the NAL's header. */
    public static boolean isFirstInPicture(int firstByte) {
        return (firstByte & 0x80) != 0;
    }

    /**
     * The number of the picture parameter set that the segment names, or -1 if that is cut off.
     *
     * @param nalType from the NAL unit's header
     * @param array what follows it, from {@code offset}; 16 bytes are always enough
     */
    public static int peekPps(int nalType, byte[] array, int offset, int length) {
        int before = flagsBefore(nalType);
        long bits = HeadBits.load(array, offset, length) << before;
        if (before + HeadBits.golombLength(bits) > HeadBits.count(array, offset, length)) {
            return -1;
        }
        long id = HeadBits.golomb(bits);
        return id <= H265Pps.MAX_ID ? (int) id : -1;
    }

    /**
     * The type of the first segment of a picture; {@link SliceType#UNKNOWN} for others. Allocates nothing.
     *
     * @param pps the set that {@link #peekPps} names
     */
    public static SliceType peekType(int nalType, H265Pps pps, byte[] array, int offset, int length) {
        long bits = HeadBits.load(array, offset, length);
        if (bits >= 0 || peekPps(nalType, array, offset, length) != pps.id()) {
            return SliceType.UNKNOWN;
        }
        int before = flagsBefore(nalType);
        before += HeadBits.golombLength(bits << before) + pps.extraSliceHeaderBits();
        if (before >= Long.SIZE) {
            return SliceType.UNKNOWN;
        }
        bits <<= before;
        if (before + HeadBits.golombLength(bits) > HeadBits.count(array, offset, length)) {
            return SliceType.UNKNOWN;
        }
        long type = HeadBits.golomb(bits);
        return type < TYPES.length ? TYPES[(int) type] : SliceType.UNKNOWN;
    }

    /** first_slice_segment_in_pic_flag, and no_output_of_prior_pics_flag where decoding can start. */
    private static int flagsBefore(int nalType) {
        boolean randomAccess =
                nalType >= H265NalType.FIRST_RANDOM_ACCESS && nalType <= H265NalType.LAST_RESERVED_RANDOM_ACCESS;
        return randomAccess ? 2 : 1;
    }
}
