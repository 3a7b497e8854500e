package oriel.webrtc;

import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.H265Sps;

/** How well an offered H.265 takes a camera's (RFC 7798, 7.1 and 7.2). */
enum H265Fit {
    /** The camera's own profile, level and tier. */
    WHOLE(CodecMatch.Rank.BEST),
    /** A profile that the camera's pictures keep to as well. */
    COMPATIBLE(CodecMatch.Rank.BETTER),
    /** A profile that fits, and a level or tier below the camera's: decoders do more than they say. */
    ABOVE_LEVEL(CodecMatch.Rank.GOOD),
    /** Nothing is known of the camera's profile yet: Main is likeliest. */
    UNKNOWN(CodecMatch.Rank.LAST),
    NONE(CodecMatch.Rank.NEVER);

    /** The profile that is meant where nothing is said. */
    static final int MAIN = 1;

    private static final int DEFAULT_LEVEL = 93;
    private static final int TOP_FLAG = 31;

    private final int rank;

    H265Fit(int rank) {
        this.rank = rank;
    }

    /** Lower is better. */
    int rank() {
        return rank;
    }

    /** @param sps with its NAL header, or empty */
    static H265Fit of(OfferedCodec offered, Bytes sps) {
        // All of a stream over one transport: nobody sends the others (RFC 7798, 4.1).
        if (!offered.parameter("tx-mode", "SRST").equalsIgnoreCase("SRST")) {
            return NONE;
        }
        int profile = CodecMatch.number(offered, "profile-id", MAIN);
        Optional<H265Sps> camera = parse(sps);
        if (camera.isEmpty()) {
            return profile == MAIN ? WHOLE : UNKNOWN;
        }
        H265Sps facts = camera.get();
        boolean same = facts.profileIdc() == profile;
        // general_profile_compatibility_flag[profile], the first of them in the highest bit.
        boolean compatible = profile <= TOP_FLAG && (facts.compatibilityFlags() >> (TOP_FLAG - profile) & 1) != 0;
        if (!same && !compatible) {
            return NONE;
        }
        boolean inTier = !facts.highTier() || CodecMatch.number(offered, "tier-flag", 0) == 1;
        boolean inLevel = facts.levelIdc() <= CodecMatch.number(offered, "level-id", DEFAULT_LEVEL);
        if (!inTier || !inLevel) {
            return ABOVE_LEVEL;
        }
        return same ? WHOLE : COMPATIBLE;
    }

    /** The profile of a parameter set; Main if it does not say. */
    static int profile(Bytes sps) {
        return parse(sps).map(H265Sps::profileIdc).orElse(MAIN);
    }

    // A set that cannot be read says nothing; the camera may still play.
    private static Optional<H265Sps> parse(Bytes sps) {
        try {
            return sps.isEmpty() ? Optional.empty() : Optional.of(H265Sps.parse(sps));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
