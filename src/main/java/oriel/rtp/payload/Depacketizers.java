package oriel.rtp.payload;

import oriel.media.Codec;

/** Finds the {@link Depacketizer} of a codec. */
public final class Depacketizers {
    private Depacketizers() {}

    /** Whether this version makes access units of the codec's packets. */
    public static boolean supports(Codec codec) {
        return switch (codec) {
            case Codec.H264 _, Codec.H265 _, Codec.Mjpeg _, Codec.Vp8 _, Codec.Vp9 _, Codec.Av1 _ -> true;
            case Codec.Aac _, Codec.Opus _, Codec.G711 _, Codec.G722 _, Codec.L16 _ -> true;
            case Codec.Unknown _ -> false;
        };
    }

    /**
     * A new depacketiser for one track.
     *
     * @throws IllegalArgumentException if the codec is not {@linkplain #supports supported}
     */
    public static Depacketizer of(Codec codec) {
        return switch (codec) {
            case Codec.H264 _ -> new NalDepacketizer(new H264Format());
            case Codec.H265 _ -> new NalDepacketizer(new H265Format());
            case Codec.Mjpeg _ -> new JpegDepacketizer();
            case Codec.Aac aac -> new AacDepacketizer(aac);
            case Codec.Opus _, Codec.G711 _, Codec.G722 _, Codec.L16 _ -> new SimpleDepacketizer();
            case Codec.Vp8 _ -> new FrameDepacketizer(FrameDepacketizer.behind(Vp8Payload::length));
            case Codec.Vp9 _ -> new FrameDepacketizer(FrameDepacketizer.behind(Vp9Payload::length));
            case Codec.Av1 _ -> new FrameDepacketizer(Av1Joiner.JOINER);
            case Codec.Unknown _ ->
                throw new IllegalArgumentException("no access units are made of " + codec.name() + " packets");
        };
    }
}
