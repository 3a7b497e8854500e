package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * The front of a sequence parameter set (ITU-T H.265, 7.3.2.2.1): up to the order of pictures.
 *
 * @param id 0 to 15
 * @param profileSpace general_profile_space, 0 to 3
 * @param highTier general_tier_flag
 * @param profileIdc 1 Main, 2 Main 10 and so on
 * @param compatibilityFlags general_profile_compatibility_flags, 32 bits
 * @param constraintFlags the 48 bits behind them
 * @param levelIdc thirty times the level
 * @param maxSubLayers 1 to 7
 * @param temporalIdNested sps_temporal_id_nesting_flag
 * @param chromaFormatIdc 0 grey, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param bitDepthLuma 8 to 16
 * @param bitDepthChroma 8 to 16
 * @param width shown, pixels, 1 to {@value H264Sps#MAX_DIMENSION}
 * @param height shown, pixels, 1 to {@value H264Sps#MAX_DIMENSION}
 * @param maxReorderPictures sps_max_num_reorder_pics of the highest layer; 0 says that pictures are shown in their order
 */
public record H265Sps(
        int id,
        int profileSpace,
        boolean highTier,
        int profileIdc,
        long compatibilityFlags,
        long constraintFlags,
        int levelIdc,
        int maxSubLayers,
        boolean temporalIdNested,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int width,
        int height,
        int maxReorderPictures) {
    private static final int SUB_LAYER_PROFILE_BITS = 88;
    private static final int SUB_LAYER_LEVEL_BITS = 8;
    private static final int MAX_SUB_LAYERS = 7;
    private static final int MAX_PICTURES = 16;

    /** Reads {@code nal}, with its two header bytes. */
    public static H265Sps parse(Bytes nal) throws MalformedException {
        if (nal.isEmpty() || H265NalType.of(nal.at(0)) != H265NalType.SPS) {
            throw new MalformedException("not an SPS");
        }
        BitReader in = BitReader.ofNal(nal, 2);
        in.skip(4); // sps_video_parameter_set_id
        int maxSubLayers = 1 + in.intBits(3);
        if (maxSubLayers > MAX_SUB_LAYERS) {
            throw new MalformedException("sps_max_sub_layers_minus1 out of range");
        }
        boolean nested = in.flag();
        int profileSpace = in.intBits(2);
        boolean highTier = in.flag();
        int profileIdc = in.intBits(5);
        long compatibility = in.bits(32);
        long constraints = in.bits(16) << 32 | in.bits(32);
        int levelIdc = in.intBits(8);
        skipSubLayers(in, maxSubLayers);
        int id = in.unsignedGolomb(15, "sps_seq_parameter_set_id");
        int chroma = in.unsignedGolomb(3, "chroma_format_idc");
        boolean separatePlanes = chroma == 3 && in.flag();
        int width = dimension(in, "pic_width_in_luma_samples");
        int height = dimension(in, "pic_height_in_luma_samples");
        if (in.flag()) {
            boolean subsampled = !separatePlanes && (chroma == 1 || chroma == 2);
            width -= (subsampled ? 2 : 1) * (crop(in) + crop(in));
            height -= (subsampled && chroma == 1 ? 2 : 1) * (crop(in) + crop(in));
            if (width <= 0 || height <= 0) {
                throw new MalformedException("SPS crops the whole picture away");
            }
        }
        int luma = 8 + in.unsignedGolomb(8, "bit_depth_luma_minus8");
        int chromaDepth = 8 + in.unsignedGolomb(8, "bit_depth_chroma_minus8");
        int reorder = maxReorder(in, maxSubLayers);
        return new H265Sps(
                id,
                profileSpace,
                highTier,
                profileIdc,
                compatibility,
                constraints,
                levelIdc,
                maxSubLayers,
                nested,
                chroma,
                luma,
                chromaDepth,
                width,
                height,
                reorder);
    }

    private static void skipSubLayers(BitReader in, int maxSubLayers) throws MalformedException {
        int lower = maxSubLayers - 1;
        int present = lower == 0 ? 0 : in.intBits(16); // two flags a layer, of eight
        for (int i = 0; i < lower; i++) {
            int flags = present >> (14 - 2 * i);
            in.skip((flags & 2) != 0 ? SUB_LAYER_PROFILE_BITS : 0);
            in.skip((flags & 1) != 0 ? SUB_LAYER_LEVEL_BITS : 0);
        }
    }

    private static int dimension(BitReader in, String name) throws MalformedException {
        int value = in.unsignedGolomb(H264Sps.MAX_DIMENSION, name);
        if (value == 0) {
            throw new MalformedException(name + " is zero");
        }
        return value;
    }

    private static int crop(BitReader in) throws MalformedException {
        return in.unsignedGolomb(H264Sps.MAX_DIMENSION, "conformance window");
    }

    private static int maxReorder(BitReader in, int maxSubLayers) throws MalformedException {
        in.unsignedGolomb(12, "log2_max_pic_order_cnt_lsb_minus4");
        int layers = in.flag() ? maxSubLayers : 1;
        int reorder = 0;
        for (int i = 0; i < layers; i++) {
            in.unsignedGolomb(); // sps_max_dec_pic_buffering_minus1
            reorder = in.unsignedGolomb(MAX_PICTURES, "sps_max_num_reorder_pics");
            in.unsignedGolomb(); // sps_max_latency_increase_plus1
        }
        return reorder;
    }

    /** Whether pictures may come in another order than they are shown. */
    public boolean mayReorder() {
        return maxReorderPictures > 0;
    }
}
