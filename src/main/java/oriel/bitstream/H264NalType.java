package oriel.bitstream;

/** The kinds of NAL units of H.264 (ITU-T H.264, table 7-1), and those that RTP adds (RFC 6184, table 1). */
public final class H264NalType {
    public static final int SLICE = 1;
    public static final int PARTITION_A = 2;
    public static final int PARTITION_B = 3;
    public static final int PARTITION_C = 4;
    public static final int IDR = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int END_OF_SEQUENCE = 10;
    public static final int END_OF_STREAM = 11;
    public static final int FILLER = 12;
    public static final int SPS_EXTENSION = 13;
    public static final int PREFIX = 14;
    public static final int SUBSET_SPS = 15;
    public static final int AUXILIARY_SLICE = 19;
    public static final int SLICE_EXTENSION = 20;
    public static final int STAP_A = 24;
    public static final int STAP_B = 25;
    public static final int MTAP16 = 26;
    public static final int MTAP24 = 27;
    public static final int FU_A = 28;
    public static final int FU_B = 29;

    private static final int MASK = 0x1F;

    private H264NalType() {}

    /** The type that a NAL unit's first byte names, 0 to 31. */
    public static int of(int firstByte) {
        return firstByte & MASK;
    }

    /** For people: {@code IDR}, {@code FU-A}; a number for those without a name. */
    public static String name(int type) {
        return switch (type) {
            case SLICE -> "slice";
            case IDR -> "IDR";
            case SEI -> "SEI";
            case SPS -> "SPS";
            case PPS -> "PPS";
            case ACCESS_UNIT_DELIMITER -> "AUD";
            case FILLER -> "filler";
            case STAP_A -> "STAP-A";
            case STAP_B -> "STAP-B";
            case MTAP16 -> "MTAP16";
            case MTAP24 -> "MTAP24";
            case FU_A -> "FU-A";
            case FU_B -> "FU-B";
            default -> "NAL type " + type;
        };
    }
}
