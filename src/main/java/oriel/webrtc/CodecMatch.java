package oriel.webrtc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oriel.media.Codec;

/**
 * Finds the payload type that takes a camera's track as it is, for nothing is converted here. What merely goes with a
 * codec (rtx, red, ulpfec, comfort noise, telephone keys) is never one.
 */
final class CodecMatch {
    private static final int AV1_LEVEL = 5;

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
            case Codec.H265 h265 -> H265Fit.of(offered, h265.sps()).rank();
            case Codec.Vp9 vp9 -> number(offered, "profile-id", 0) == vp9.profile() ? Rank.BEST : Rank.NEVER;
            case Codec.Av1 av1 -> rankOfAv1(offered, av1);
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

    // A decoder of one profile takes those below it, for each holds the one before (AV1 specification, annex A.2).
    // Browsers offer one level, 5, and decode more.
    private static int rankOfAv1(OfferedCodec offered, Codec.Av1 camera) {
        int profile = number(offered, "profile", 0);
        if (profile < camera.profile()) {
            return Rank.NEVER;
        }
        boolean fits = number(offered, "level-idx", AV1_LEVEL) >= camera.levelIdx()
                && number(offered, "tier", 0) >= camera.tier();
        return !fits ? Rank.LAST : profile == camera.profile() ? Rank.BEST : Rank.BETTER;
    }

    /** The value of a parameter, {@code otherwise} where the offer does not say or makes no sense. */
    static int number(OfferedCodec offered, String parameter, int otherwise) {
        String digits = offered.parameter(parameter, "");
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : otherwise;
    }

    static final class Rank {
        static final int BEST = 0;
        static final int BETTER = 1;
        static final int GOOD = 2;
        static final int LAST = 3;
        static final int NEVER = 4;

        private Rank() {}
    }
}
