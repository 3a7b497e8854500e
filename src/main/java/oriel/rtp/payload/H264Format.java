package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.BitReader;
import oriel.bitstream.H264NalType;
import oriel.bitstream.H264SliceHeader;
import oriel.bitstream.H264Sps;
import oriel.bitstream.SliceType;
import oriel.media.Codec;

/** H.264 in RTP (RFC 6184). */
final class H264Format implements NalFormat {
    private static final int FORBIDDEN_BIT = 0x80;
    private static final int REFERENCE_MASK = 0x60;
    private static final int TYPE_MASK = 0x1F;
    private static final int MAX_SPS_ID = 31;
    private static final int MAX_PPS_ID = 255;
    private static final int SPS_FRONT_BITS = 24;
    private static final int FIRST_RESERVED_EXTENSION = 21;
    private static final int LAST_RESERVED_EXTENSION = 23;

    private boolean mayReorder = true;

    @Override
    public int headerBytes() {
        return 1;
    }

    @Override
    public int type(int header) {
        return header & TYPE_MASK;
    }

    @Override
    public int withType(int header, int type) {
        return (header & ~TYPE_MASK) | type;
    }

    @Override
    public int aggregateHeader(int header, int other) {
        int reference = Math.max(header & REFERENCE_MASK, other & REFERENCE_MASK);
        return ((header | other) & FORBIDDEN_BIT) | reference | H264NalType.STAP_A;
    }

    @Override
    public int fragmentType() {
        return H264NalType.FU_A;
    }

    @Override
    public int fragmentTypeMask() {
        return TYPE_MASK;
    }

    @Override
    public NalKind kind(int type) {
        return switch (type) {
            case H264NalType.SLICE, H264NalType.PARTITION_A, H264NalType.PARTITION_B, H264NalType.PARTITION_C ->
                NalKind.SLICE;
            case H264NalType.IDR -> NalKind.KEY_SLICE;
            case H264NalType.SPS, H264NalType.PPS -> NalKind.PARAMETERS;
            case H264NalType.SEI, H264NalType.SPS_EXTENSION, H264NalType.PREFIX, H264NalType.SUBSET_SPS ->
                NalKind.AHEAD;
            case H264NalType.AUXILIARY_SLICE, H264NalType.SLICE_EXTENSION -> NalKind.BEHIND;
            case H264NalType.STAP_A -> NalKind.AGGREGATE;
            case H264NalType.FU_A -> NalKind.FRAGMENT;
            case H264NalType.STAP_B, H264NalType.MTAP16, H264NalType.MTAP24, H264NalType.FU_B -> NalKind.UNSUPPORTED;
            default ->
                type >= FIRST_RESERVED_EXTENSION && type <= LAST_RESERVED_EXTENSION ? NalKind.BEHIND : NalKind.NOISE;
        };
    }

    @Override
    public String name(int type) {
        return H264NalType.name(type);
    }

    @Override
    public boolean isPlausible(int header) {
        boolean reference = (header & REFERENCE_MASK) != 0;
        return (header & FORBIDDEN_BIT) == 0
                && switch (type(header)) {
                    case H264NalType.SLICE -> true;
                    case H264NalType.IDR, H264NalType.SPS, H264NalType.PPS -> reference;
                    case H264NalType.SEI, H264NalType.ACCESS_UNIT_DELIMITER -> !reference;
                    default -> false;
                };
    }

    @Override
    public int parameterId(int type, Bytes set) throws MalformedException {
        BitReader reader = BitReader.ofNal(set, 1);
        if (type == H264NalType.SPS) {
            reader.skip(SPS_FRONT_BITS);
            return reader.unsignedGolomb(MAX_SPS_ID, "seq_parameter_set_id");
        }
        return reader.unsignedGolomb(MAX_PPS_ID, "pic_parameter_set_id");
    }

    @Override
    public int[] parameterTypes() {
        return new int[] {H264NalType.SPS, H264NalType.PPS};
    }

    @Override
    public Codec codec(ParameterSets sets) {
        return new Codec.H264(sets.latest(H264NalType.SPS), sets.latest(H264NalType.PPS));
    }

    @Override
    public void learn(int type, Bytes set) {
        if (type == H264NalType.SPS) {
            mayReorder = mayReorder(set);
        }
    }

    private static boolean mayReorder(Bytes sps) {
        try {
            return H264Sps.parse(sps).mayReorder();
        } catch (MalformedException e) {
            return true; // unreadable for us, perhaps not for the viewer; its B slices will tell
        }
    }

    @Override
    public boolean reorders(int header, byte[] head, int length) {
        int type = type(header);
        return mayReorder
                && (type == H264NalType.SLICE || type == H264NalType.PARTITION_A)
                && H264SliceHeader.peekType(head, 0, length) == SliceType.B;
    }
}
