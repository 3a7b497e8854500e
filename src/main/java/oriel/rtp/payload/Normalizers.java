package oriel.rtp.payload;

import java.util.List;
import oriel.media.Codec;

/** Finds the {@link Normalizer} of a codec. */
public final class Normalizers {
    private static final int L16_BYTES = 2;

    private Normalizers() {}

    /**
     * A new normaliser for one track.
     *
     * @param codec as the camera describes it; parameter sets in it are used until the stream brings others
     */
    public static Normalizer of(Codec codec) {
        return switch (codec) {
            case Codec.H264 h264 -> new NalNormalizer(new H264Format(), List.of(h264.sps(), h264.pps()));
            case Codec.H265 h265 -> new NalNormalizer(new H265Format(), List.of(h265.vps(), h265.sps(), h265.pps()));
            case Codec.Vp8 vp8 -> new PlainNormalizer(vp8, Vp8Payload.RULE);
            case Codec.Vp9 vp9 -> new PlainNormalizer(vp9, Vp9Payload.RULE);
            case Codec.Av1 av1 -> new Av1Normalizer(av1);
            case Codec.Mjpeg mjpeg -> new JpegNormalizer(mjpeg);
            case Codec.Aac aac -> new AacNormalizer(aac);
            case Codec.Opus opus -> new PlainNormalizer(opus, WholePayload.RULE);
            case Codec.G711 g711 -> new SampleNormalizer(g711, g711.channels());
            case Codec.G722 g722 -> new SampleNormalizer(g722, 1);
            case Codec.L16 l16 -> new SampleNormalizer(l16, L16_BYTES * l16.channels());
            case Codec.Unknown unknown -> new PlainNormalizer(unknown, WholePayload.RULE);
        };
    }
}
