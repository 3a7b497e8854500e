package oriel.media;

import java.util.Optional;
import oriel.base.MalformedException;
import oriel.bitstream.H264Sps;
import oriel.bitstream.H265Sps;

/**
 * How large a track's pictures are, as its parameter sets say.
 *
 * @param width pixels
 * @param height pixels
 */
public record PictureSize(int width, int height) {
    /** Empty while it is not known, and for codecs that say it in each picture only. */
    public static Optional<PictureSize> of(Codec codec) {
        try {
            return switch (codec) {
                case Codec.H264 h264
                when !h264.sps().isEmpty() -> {
                    H264Sps sps = H264Sps.parse(h264.sps());
                    yield Optional.of(new PictureSize(sps.width(), sps.height()));
                }
                case Codec.H265 h265
                when !h265.sps().isEmpty() -> {
                    H265Sps sps = H265Sps.parse(h265.sps());
                    yield Optional.of(new PictureSize(sps.width(), sps.height()));
                }
                default -> Optional.empty();
            };
        } catch (MalformedException e) {
            return Optional.empty(); // Viewers' decoders may still know better; only this number is missing.
        }
    }

    /** {@code 1920x1080}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
