package oriel.rtp.payload;

import java.util.List;
import oriel.media.Codec;

/** Finds the {@link Packetizer} of a codec. */
public final class Packetizers {
    private static final int L16_BYTES = 2;

    private Packetizers() {}

    /** Whether this version makes packets of the codec's access units. */
    public static boolean supports(Codec codec) {
        return switch (codec) {
            case Codec.H264 _, Codec.H265 _ -> true;
            case Codec.Aac _, Codec.Opus _, Codec.G711 _, Codec.G722 _, Codec.L16 _ -> true;
            case Codec.Mjpeg _, Codec.Vp8 _, Codec.Vp9 _, Codec.Av1 _, Codec.Unknown _ -> false;
        };
    }

    /**
     * A new packetiser for one track.
     *
     * @param codec parameter sets in it are used until a unit brings others
     * @throws IllegalArgumentException if the codec is not {@linkplain #supports supported}
     */
    public static Packetizer of(Codec codec) {
        return switch (codec) {
            case Codec.H264 h264 -> new NalPacketizer(new H264Format(), List.of(h264.sps(), h264.pps()));
            case Codec.H265 h265 -> new NalPacketizer(new H265Format(), List.of(h265.vps(), h265.sps(), h265.pps()));
            case Codec.Aac _ -> new AacPacketizer();
            case Codec.Opus _ -> new SimplePacketizer();
            case Codec.G711 g711 -> new SamplePacketizer(g711.channels());
            case Codec.G722 _ -> new SamplePacketizer(1);
            case Codec.L16 l16 -> new SamplePacketizer(L16_BYTES * l16.channels());
            case Codec.Mjpeg _, Codec.Vp8 _, Codec.Vp9 _, Codec.Av1 _, Codec.Unknown _ ->
                throw new IllegalArgumentException("no packets are made of " + codec.name() + " access units");
        };
    }
}
