package oriel.webrtc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.media.Codec;

/**
 * Finds the payload type that takes a camera's track as it is, for nothing is converted here. What merely goes with a
 * codec (rtx, red, ulpfec, comfort noise, telephone keys) is never one.
 */
final class CodecMatch {
    // profile_idc is in the low bits of an SPS's byte 3, behind the two of the NAL header (ITU-T H.265, 7.3.2.2).
    private static final int H265_PROFILE_AT = 3;
    private static final int H265_PROFILE_MASK = 0x1F;
    private static final String H265_MAIN = "1";

    private CodecMatch() {}

    /** The best of {@code offered} for {@code codec}; among equals the first. */
    static Optional<OfferedCodec> best(List<OfferedCodec> offered, Codec codec) {
        return offered.stream()
                .filter(o -> o.carriesMedia()
                        && o.name().equals(codec.name())
                        && o.clockRate() == codec.clockRate()
                        && o.channels() == codec.channels()
                        && rank(o, codec) < Rank.NEVER)
                .min(Comparator.comparingInt(o -> rank(o, codec)));
    }

    /** Lower is better. */
    private static int rank(OfferedCodec offered, Codec codec) {
        return switch (codec) {
            case Codec.H264 h264 -> rankOfH264(offered, H264Profile.ofSps(h264.sps()));
            case Codec.H265 h265 -> rankOfH265(offered, h265.sps());
            case Codec.Vp9 _ -> offered.parameter("profile-id", "0").equals("0") ? Rank.BEST : Rank.NEVER;
            case Codec.Av1 _ -> offered.parameter("profile", "0").equals("0") ? Rank.BEST : Rank.NEVER;
            case Codec.Vp8 _, Codec.Opus _, Codec.G711 _, Codec.G722 _, Codec.L16 _ -> Rank.BEST;
            // No viewer takes them over WebRTC, whatever he calls his payload types.
            case Codec.Aac _, Codec.Mjpeg _, Codec.Unknown _ -> Rank.NEVER;
        };
    }

    // Our packets hold fragments (FU-A), which only mode 1 allows (RFC 6184, 5.4). As for the profile: browsers decode
    // more than they say, and High under the name of constrained baseline plays in all of them.
    private static int rankOfH264(OfferedCodec offered, H264Profile camera) {
        if (!offered.parameter("packetization-mode", "0").equals("1")) {
            return Rank.NEVER;
        }
        H264Profile profile = H264Profile.ofParameter(offered.parameter("profile-level-id", "42e01f"));
        if (profile == camera && camera != H264Profile.OTHER) {
            return Rank.BEST;
        }
        if (camera.near(profile)) {
            return Rank.BETTER;
        }
        return profile == H264Profile.CONSTRAINED_BASELINE ? Rank.GOOD : Rank.LAST;
    }

    private static int rankOfH265(OfferedCodec offered, Bytes sps) {
        if (!offered.parameter("tx-mode", "SRST").equalsIgnoreCase("SRST")) {
            return Rank.NEVER;
        }
        String camera = sps.length() > H265_PROFILE_AT
                ? Integer.toString(sps.at(H265_PROFILE_AT) & H265_PROFILE_MASK)
                : H265_MAIN;
        return offered.parameter("profile-id", H265_MAIN).equals(camera) ? Rank.BEST : Rank.LAST;
    }

    private static final class Rank {
        static final int BEST = 0;
        static final int BETTER = 1;
        static final int GOOD = 2;
        static final int LAST = 3;
        static final int NEVER = 4;

        private Rank() {}
    }
}
