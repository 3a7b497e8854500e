package oriel.rtp.payload;

import java.util.HashMap;
import java.util.Map;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.BitReader;
import oriel.bitstream.H265NalType;
import oriel.bitstream.H265Pps;
import oriel.bitstream.H265SliceHeader;
import oriel.bitstream.H265Sps;
import oriel.bitstream.SliceType;
import oriel.media.Codec;

/** H.265 in RTP (RFC 7798), without decoding order numbers, which no camera uses. */
final class H265Format implements NalFormat {
    private static final int TYPE_MASK = 0x3F;
    private static final int TYPE_SHIFT = 9;
    private static final int FORBIDDEN_BIT = 0x8000;
    private static final int LAYER_AND_TEMPORAL_ID = 0x01FF;
    private static final int BASE_LAYER_LOWEST_ID = 0x0001;
    private static final int VPS_ID_BITS = 4;
    private static final int LAST_RESERVED_AHEAD = 44;
    private static final int LAST_RESERVED_BEHIND = 47;

    private final Map<Integer, H265Pps> pictureSets = new HashMap<>(); // at most 64, by their numbers
    private boolean mayReorder = true;

    @Override
    public int headerBytes() {
        return 2;
    }

    @Override
    public int type(int header) {
        return header >> TYPE_SHIFT & TYPE_MASK;
    }

    @Override
    public int withType(int header, int type) {
        return (header & ~(TYPE_MASK << TYPE_SHIFT)) | type << TYPE_SHIFT;
    }

    @Override
    public int aggregateHeader(int header, int other) {
        int lowest = Math.min(header & LAYER_AND_TEMPORAL_ID, other & LAYER_AND_TEMPORAL_ID);
        return ((header | other) & FORBIDDEN_BIT) | H265NalType.AGGREGATION << TYPE_SHIFT | lowest;
    }

    @Override
    public int fragmentType() {
        return H265NalType.FRAGMENTATION;
    }

    @Override
    public int fragmentTypeMask() {
        return TYPE_MASK;
    }

    @Override
    public NalKind kind(int type) {
        if (type <= H265NalType.LAST_SLICE) {
            return H265NalType.isRandomAccess(type) ? NalKind.KEY_SLICE : NalKind.SLICE;
        }
        return switch (type) {
            case H265NalType.VPS, H265NalType.SPS, H265NalType.PPS -> NalKind.PARAMETERS;
            case H265NalType.SEI_PREFIX -> NalKind.AHEAD;
            case H265NalType.SEI_SUFFIX -> NalKind.BEHIND;
            case H265NalType.AGGREGATION -> NalKind.AGGREGATE;
            case H265NalType.FRAGMENTATION -> NalKind.FRAGMENT;
            case H265NalType.PACI -> NalKind.UNSUPPORTED;
            default -> reserved(type);
        };
    }

    private static NalKind reserved(int type) {
        if (type > H265NalType.SEI_SUFFIX && type <= LAST_RESERVED_AHEAD) {
            return NalKind.AHEAD;
        }
        return type > LAST_RESERVED_AHEAD && type <= LAST_RESERVED_BEHIND ? NalKind.BEHIND : NalKind.NOISE;
    }

    @Override
    public String name(int type) {
        return H265NalType.name(type);
    }

    @Override
    public boolean isPlausible(int header) {
        int type = type(header);
        return (header & FORBIDDEN_BIT) == 0
                && (header & LAYER_AND_TEMPORAL_ID) == BASE_LAYER_LOWEST_ID
                && (type <= H265NalType.CRA
                        || (type >= H265NalType.VPS && type <= H265NalType.ACCESS_UNIT_DELIMITER)
                        || type == H265NalType.SEI_PREFIX);
    }

    @Override
    public int parameterId(int type, Bytes set) throws MalformedException {
        return switch (type) {
            case H265NalType.SPS -> H265Sps.parse(set).id();
            case H265NalType.PPS -> H265Pps.parse(set).id();
            default -> BitReader.ofNal(set, 2).intBits(VPS_ID_BITS);
        };
    }

    @Override
    public int[] parameterTypes() {
        return new int[] {H265NalType.VPS, H265NalType.SPS, H265NalType.PPS};
    }

    @Override
    public Codec codec(ParameterSets sets) {
        return new Codec.H265(sets.latest(H265NalType.VPS), sets.latest(H265NalType.SPS), sets.latest(H265NalType.PPS));
    }

    @Override
    public void learn(int type, Bytes set) {
        try {
            if (type == H265NalType.SPS) {
                mayReorder = H265Sps.parse(set).mayReorder();
            } else if (type == H265NalType.PPS) {
                H265Pps pps = H265Pps.parse(set);
                pictureSets.put(pps.id(), pps);
            }
        } catch (MalformedException e) {
            // Refused before by parameterId, which reads the same.
            throw new IllegalStateException("a parameter set was accepted unread", e);
        }
    }

    /** B slices alone say little here: encoders use them with earlier pictures only, where others use P. */
    @Override
    public boolean reorders(int header, byte[] head, int length) {
        if (!mayReorder) {
            return false;
        }
        int type = type(header);
        H265Pps pps = pictureSets.get(H265SliceHeader.peekPps(type, head, 0, length));
        return pps != null && H265SliceHeader.peekType(type, pps, head, 0, length) == SliceType.B;
    }
}
