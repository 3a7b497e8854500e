package oriel.rtp;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment as RTCP writes it (RFC 3550, 4; RFC 5905, 6): 32 bits of seconds since 1900 and 32 bits of their fraction.
 * The seconds wrap in 2036; values with the top bit clear are read as the time after that (RFC 4330, 3), so that all
 * from 1968 to 2104 are told apart.
 *
 * @param bits seconds in the upper half, fraction in the lower
 */
public record NtpTime(long bits) {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LOW_32 = 0xFFFF_FFFFL;

    /** The moment that {@code instant} names, to a fraction of a nanosecond. */
    public static NtpTime of(Instant instant) {
        long seconds = instant.getEpochSecond() + SECONDS_1900_TO_1970;
        long fraction = ((long) instant.getNano() << 32) / NANOS_PER_SECOND;
        return new NtpTime(seconds << 32 | fraction);
    }

    /** The same moment for Java. */
    public Instant toInstant() {
        long seconds = (bits >>> 32) + (bits < 0 ? 0 : ERA_SECONDS);
        long nanos = ((bits & LOW_32) * NANOS_PER_SECOND + (1L << 31)) >>> 32;
        return Instant.ofEpochSecond(seconds - SECONDS_1900_TO_1970, nanos);
    }

    /** The middle 32 bits, unsigned, which reports quote as LSR (RFC 3550, 6.4.1). */
    public long middle() {
        return bits >>> 16 & LOW_32;
    }

    /** {@code nanos} in units of 1/65536 s, as DLSR counts; 0 to 32 bits, what lies outside is clipped. */
    static long toShortUnits(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long units = ((nanos / NANOS_PER_SECOND) << 16) + ((nanos % NANOS_PER_SECOND) << 16) / NANOS_PER_SECOND;
        return Math.min(units, LOW_32);
    }

    /** {@code units} of 1/65536 s. */
    static Duration ofShortUnits(long units) {
        return Duration.ofNanos((units * NANOS_PER_SECOND) >> 16);
    }
}
