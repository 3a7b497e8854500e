package oriel.bitstream;

/** The kinds of NAL units of H.265 (ITU-T H.265, table 7-1), and those that RTP adds (RFC 7798, 4.4). */
public final class H265NalType {
    public static final int LAST_TRAILING = 15;
    public static final int FIRST_RANDOM_ACCESS = 16;
    public static final int IDR_W_RADL = 19;
    public static final int IDR_N_LP = 20;
    public static final int CRA = 21;
    public static final int LAST_RESERVED_RANDOM_ACCESS = 23;
    public static final int LAST_SLICE = 31;
    public static final int VPS = 32;
    public static final int SPS = 33;
    public static final int PPS = 34;
    public static final int ACCESS_UNIT_DELIMITER = 35;
    public static final int END_OF_SEQUENCE = 36;
    public static final int END_OF_BITSTREAM = 37;
    public static final int FILLER = 38;
    public static final int SEI_PREFIX = 39;
    public static final int SEI_SUFFIX = 40;
    public static final int AGGREGATION = 48;
    public static final int FRAGMENTATION = 49;
    public static final int PACI = 50;

    private static final int MASK = 0x3F;

    private H265NalType() {}

    /** The type that a NAL unit's first byte names, 0 to 63. */
    public static int of(int firstByte) {
        return firstByte >> 1 & MASK;
    }

    /** Whether decoding can start at a picture of such slices: BLA, IDR and CRA. */
    public static boolean isRandomAccess(int type) {
        return type >= FIRST_RANDOM_ACCESS && type <= CRA;
    }

    /** For people: {@code IDR}, {@code FU}; a number for those without a name. */
    public static String name(int type) {
        return switch (type) {
            case IDR_W_RADL, IDR_N_LP -> "IDR";
            case CRA -> "CRA";
            case VPS -> "VPS";
            case SPS -> "SPS";
            case PPS -> "PPS";
            case ACCESS_UNIT_DELIMITER -> "AUD";
            case FILLER -> "filler";
            case SEI_PREFIX, SEI_SUFFIX -> "SEI";
            case AGGREGATION -> "AP";
            case FRAGMENTATION -> "FU";
            case PACI -> "PACI";
            default -> type <= LAST_SLICE ? "slice" : "NAL type " + type;
        };
    }
}
