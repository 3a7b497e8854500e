package oriel.bitstream;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import oriel.base.MalformedException;

/** Reads a sequence parameter set field by field; the names are the standard's. */
final class H264SpsParser {
    private static final int EXTENDED_SAR = 255;
    private static final int MAX_MACROBLOCKS = H264Sps.MAX_DIMENSION / 16;
    private static final int MAX_REF_FRAMES_IN_CYCLE = 255;
    private static final int MAX_CPB_COUNT = 31;
    private static final int MAX_REORDER = 16;

    private final BitReader in;

    private int chromaFormatIdc = 1;
    private boolean separateColourPlanes;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;
    private int width;
    private int height;
    private OptionalDouble frameRate = OptionalDouble.empty();
    private OptionalInt maxReorderFrames = OptionalInt.empty();

    H264SpsParser(BitReader in) {
        this.in = in;
    }

    H264Sps parse() throws MalformedException {
        int profileIdc = in.intBits(8);
        int constraintFlags = in.intBits(8);
        int levelIdc = in.intBits(8);
        int id = in.unsignedGolomb(31, "seq_parameter_set_id");
        if (hasChromaFormat(profileIdc)) {
            chromaFormat();
        }
        in.unsignedGolomb(12, "log2_max_frame_num_minus4");
        int pictureOrderType = pictureOrder();
        in.unsignedGolomb(); // max_num_ref_frames
        in.flag(); // gaps_in_frame_num_value_allowed_flag
        dimensions();
        if (in.flag()) {
            try {
                vui();
            } catch (MalformedException e) {
                // Cameras cut this part short or fill it with nonsense, and their pictures are fine: as if it were not
                // there, but for the fields read so far.
                return sps(id, profileIdc, constraintFlags, levelIdc, pictureOrderType);
            }
        }
        return sps(id, profileIdc, constraintFlags, levelIdc, pictureOrderType);
    }

    private H264Sps sps(int id, int profileIdc, int constraintFlags, int levelIdc, int pictureOrderType) {
        return new H264Sps(
                id,
                profileIdc,
                constraintFlags,
                levelIdc,
                chromaFormatIdc,
                bitDepthLuma,
                bitDepthChroma,
                pictureOrderType,
                width,
                height,
                frameRate,
                maxReorderFrames);
    }

    private static boolean hasChromaFormat(int profileIdc) {
        return switch (profileIdc) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private void chromaFormat() throws MalformedException {
        chromaFormatIdc = in.unsignedGolomb(3, "chroma_format_idc");
        if (chromaFormatIdc == 3) {
            separateColourPlanes = in.flag();
        }
        bitDepthLuma = 8 + in.unsignedGolomb(6, "bit_depth_luma_minus8");
        bitDepthChroma = 8 + in.unsignedGolomb(6, "bit_depth_chroma_minus8");
        in.flag(); // qpprime_y_zero_transform_bypass_flag
        if (in.flag()) {
            int lists = chromaFormatIdc == 3 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (in.flag()) {
                    scalingList(i < 6 ? 16 : 64);
                }
            }
        }
    }

    private void scalingList(int size) throws MalformedException {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size; i++) {
            if (next != 0) {
                next = (last + (int) in.signedGolomb()) & 0xFF;
            }
            last = next == 0 ? last : next;
        }
    }

    private int pictureOrder() throws MalformedException {
        int type = in.unsignedGolomb(2, "pic_order_cnt_type");
        if (type == 0) {
            in.unsignedGolomb(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (type == 1) {
            in.flag(); // delta_pic_order_always_zero_flag
            in.signedGolomb(); // offset_for_non_ref_pic
            in.signedGolomb(); // offset_for_top_to_bottom_field
            int count = in.unsignedGolomb(MAX_REF_FRAMES_IN_CYCLE, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < count; i++) {
                in.signedGolomb();
            }
        }
        return type;
    }

    private void dimensions() throws MalformedException {
        width = 16 * (1 + in.unsignedGolomb(MAX_MACROBLOCKS - 1, "pic_width_in_mbs_minus1"));
        int mapUnits = 1 + in.unsignedGolomb(MAX_MACROBLOCKS - 1, "pic_height_in_map_units_minus1");
        boolean framesOnly = in.flag();
        int fields = framesOnly ? 1 : 2;
        height = 16 * fields * mapUnits;
        if (height > H264Sps.MAX_DIMENSION) {
            throw new MalformedException("pic_height_in_map_units_minus1 out of range");
        }
        if (!framesOnly) {
            in.flag(); // mb_adaptive_frame_field_flag
        }
        in.flag(); // direct_8x8_inference_flag
        if (in.flag()) {
            boolean subsampled = !separateColourPlanes && (chromaFormatIdc == 1 || chromaFormatIdc == 2);
            int unitX = subsampled ? 2 : 1;
            int unitY = fields * (subsampled && chromaFormatIdc == 1 ? 2 : 1);
            width -= unitX * (crop() + crop());
            height -= unitY * (crop() + crop());
            if (width <= 0 || height <= 0) {
                throw new MalformedException("SPS crops the whole picture away");
            }
        }
    }

    private int crop() throws MalformedException {
        return in.unsignedGolomb(H264Sps.MAX_DIMENSION, "frame cropping");
    }

    private void vui() throws MalformedException {
        if (in.flag() && in.intBits(8) == EXTENDED_SAR) {
            in.skip(32);
        }
        if (in.flag()) {
            in.flag(); // overscan_appropriate_flag
        }
        if (in.flag()) {
            in.skip(4); // video_format, video_full_range_flag
            if (in.flag()) {
                in.skip(24); // colour
            }
        }
        if (in.flag()) {
            in.unsignedGolomb(); // chroma_sample_loc_type_top_field
            in.unsignedGolomb(); // chroma_sample_loc_type_bottom_field
        }
        if (in.flag()) {
            long unitsInTick = in.bits(32);
            long timeScale = in.bits(32);
            in.flag(); // fixed_frame_rate_flag
            if (unitsInTick > 0 && timeScale > 0) {
                frameRate = OptionalDouble.of(timeScale / (2.0 * unitsInTick));
            }
        }
        restriction();
    }

    private void restriction() throws MalformedException {
        boolean nalHrd = in.flag();
        if (nalHrd) {
            hrd();
        }
        boolean vclHrd = in.flag();
        if (vclHrd) {
            hrd();
        }
        if (nalHrd || vclHrd) {
            in.flag(); // low_delay_hrd_flag
        }
        in.flag(); // pic_struct_present_flag
        if (in.flag()) {
            in.flag(); // motion_vectors_over_pic_boundaries_flag
            in.unsignedGolomb(); // max_bytes_per_pic_denom
            in.unsignedGolomb(); // max_bits_per_mb_denom
            in.unsignedGolomb(); // log2_max_mv_length_horizontal
            in.unsignedGolomb(); // log2_max_mv_length_vertical
            maxReorderFrames = OptionalInt.of(in.unsignedGolomb(MAX_REORDER, "max_num_reorder_frames"));
        }
    }

    private void hrd() throws MalformedException {
        int count = 1 + in.unsignedGolomb(MAX_CPB_COUNT, "cpb_cnt_minus1");
        in.skip(8); // bit_rate_scale, cpb_size_scale
        for (int i = 0; i < count; i++) {
            in.unsignedGolomb(); // bit_rate_value_minus1
            in.unsignedGolomb(); // cpb_size_value_minus1
            in.flag(); // cbr_flag
        }
        in.skip(20); // delay lengths, time_offset_length
    }
}
