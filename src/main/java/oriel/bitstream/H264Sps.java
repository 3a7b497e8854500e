package oriel.bitstream;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * A sequence parameter set (ITU-T H.264, 7.3.2.1.1, and annex E for what may stand behind).
 *
 * @param id 0 to 31
 * @param profileIdc 66 Baseline, 77 Main, 100 High and so on
 * @param constraintFlags the byte behind it
 * @param levelIdc ten times the level
 * @param chromaFormatIdc 0 grey, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param bitDepthLuma 8 to 14
 * @param bitDepthChroma 8 to 14
 * @param pictureOrderType pic_order_cnt_type; 2 says that pictures are shown in their order
 * @param width shown, pixels, 1 to {@value #MAX_DIMENSION}
 * @param height shown, pixels, 1 to {@value #MAX_DIMENSION}
 * @param frameRate a second, if the set tells
 * @param maxReorderFrames max_num_reorder_frames, if the set tells
 */
public record H264Sps(
        int id,
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int pictureOrderType,
        int width,
        int height,
        OptionalDouble frameRate,
        OptionalInt maxReorderFrames) {
    /** Larger pictures are refused: no camera makes them, and decoders would take the memory. */
    public static final int MAX_DIMENSION = 16_384;

    /** Reads {@code nal}, with its header byte. */
    public static H264Sps parse(Bytes nal) throws MalformedException {
        if (nal.isEmpty() || H264NalType.of(nal.at(0)) != H264NalType.SPS) {
            throw new MalformedException("not an SPS");
        }
        return new H264SpsParser(BitReader.ofNal(nal, 1)).parse();
    }

    /** The six hexadecimal digits that SDP and codec strings use, such as {@code 42e01f}. */
    public String profileLevelId() {
        return "%02x%02x%02x".formatted(profileIdc, constraintFlags, levelIdc);
    }

    /** Whether pictures may come in another order than they are shown; the set does not say that they do. */
    public boolean mayReorder() {
        return pictureOrderType != 2 && maxReorderFrames.orElse(1) > 0;
    }
}
