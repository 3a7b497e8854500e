package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * The front of a picture parameter set (ITU-T H.265, 7.3.2.3): what it takes to read slice types.
 *
 * @param id 0 to {@value #MAX_ID}
 * @param extraSliceHeaderBits num_extra_slice_header_bits, 0 to 7
 */
public record H265Pps(int id, int extraSliceHeaderBits) {
    public static final int MAX_ID = 63;

    private static final int MAX_SPS_ID = 15;

    /** Reads {@code nal}, with its two header bytes. */
    public static H265Pps parse(Bytes nal) throws MalformedException {
        BitReader reader = BitReader.ofNal(nal, 2);
        int id = reader.unsignedGolomb(MAX_ID, "pps_pic_parameter_set_id");
        reader.unsignedGolomb(MAX_SPS_ID, "pps_seq_parameter_set_id");
        reader.skip(2); // dependent slice segments, output flag
        return new H265Pps(id, reader.intBits(3));
    }
}
