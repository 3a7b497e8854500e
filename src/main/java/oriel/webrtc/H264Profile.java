package oriel.webrtc;

import java.util.Locale;
import oriel.base.Bytes;

/**
 * The profiles of H.264 as far as viewers tell them apart: first byte of {@code profile-level-id} and the constraint
 * flags in the second (RFC 6184, 8.1, table 5; the same bytes 1 and 2 of an SPS).
 */
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    EXTENDED,
    CONSTRAINED_HIGH,
    HIGH,
    HIGH_444,
    OTHER;

    private static final int FLAG_0 = 0x80;
    private static final int FLAG_1 = 0x40;
    private static final int FLAG_2 = 0x20;
    private static final int FLAGS_4_AND_5 = 0x0C;

    /** Of an SPS with its NAL header; {@link #OTHER} if it is too short to say. */
    static H264Profile ofSps(Bytes sps) {
        return sps.length() < 4 ? OTHER : of(sps.at(1), sps.at(2));
    }

    /** Of {@code profile-level-id}'s six digits; {@link #OTHER} if they are none. */
    static H264Profile ofParameter(String digits) {
        try {
            if (digits.length() == 6) {
                int value = Integer.parseUnsignedInt(digits.toLowerCase(Locale.ROOT), 16);
                return of(value >> 16, value >> 8 & 0xFF);
            }
        } catch (NumberFormatException e) {
            return OTHER;
        }
        return OTHER;
    }

    private static H264Profile of(int profile, int flags) {
        return switch (profile) {
            case 0x42 -> (flags & FLAG_1) != 0 ? CONSTRAINED_BASELINE : BASELINE;
            case 0x4D -> (flags & FLAG_0) != 0 ? CONSTRAINED_BASELINE : MAIN;
            case 0x58 -> extended(flags);
            case 0x64 -> (flags & FLAGS_4_AND_5) == FLAGS_4_AND_5 ? CONSTRAINED_HIGH : HIGH;
            case 0xF4 -> HIGH_444;
            default -> OTHER;
        };
    }

    private static H264Profile extended(int flags) {
        if ((flags & FLAG_1) == 0) {
            return (flags & FLAG_0) != 0 ? BASELINE : EXTENDED;
        }
        return (flags & FLAG_0) != 0 ? CONSTRAINED_BASELINE : (flags & FLAG_2) != 0 ? EXTENDED : OTHER;
    }

    /** Whether both are of one family, so that a decoder of the one most likely takes the other. */
    boolean near(H264Profile other) {
        return family() == other.family() && this != OTHER;
    }

    private H264Profile family() {
        return switch (this) {
            case CONSTRAINED_BASELINE, BASELINE -> BASELINE;
            case CONSTRAINED_HIGH, HIGH -> HIGH;
            case MAIN, EXTENDED, HIGH_444, OTHER -> this;
        };
    }
}
