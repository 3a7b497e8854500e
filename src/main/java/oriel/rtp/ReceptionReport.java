package oriel.rtp;

import java.time.Duration;
import java.util.Optional;

/**
 * One report block: how the packets of one sender arrive (RFC 3550, 6.4.1).
 *
 * @param ssrc the sender reported on
 * @param fractionLost 0 to 255, of 256 packets since the last report
 * @param cumulativeLost since the first packet; negative if more came than were sent (duplicates); 24 bits, signed
 * @param highestSequence highest sequence number received, its cycles above; 32 bits, unsigned
 * @param jitterTicks in ticks of the sender's clock; 32 bits, unsigned
 * @param lastSenderReport {@link NtpTime#middle()} of the sender report last heard, 0 if none was
 * @param delaySinceSenderReport since it came, in 1/65536 s; 32 bits, unsigned
 */
public record ReceptionReport(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        long highestSequence,
        long jitterTicks,
        long lastSenderReport,
        long delaySinceSenderReport) {
    /** Bytes on the wire. */
    static final int BYTES = 24;

    private static final int MAX_LOST = 0x7F_FFFF;
    private static final int MIN_LOST = -0x80_0000;

    public ReceptionReport {
        if (fractionLost < 0 || fractionLost > 255) {
            throw new IllegalArgumentException("fraction lost is not 0 to 255: " + fractionLost);
        }
        if (cumulativeLost < MIN_LOST || cumulativeLost > MAX_LOST) {
            throw new IllegalArgumentException("cumulative loss does not fit 24 bits: " + cumulativeLost);
        }
        if ((highestSequence | jitterTicks | lastSenderReport | delaySinceSenderReport) >>> 32 != 0) {
            throw new IllegalArgumentException("a field of the report does not fit 32 bits");
        }
    }

    /** {@code lost} clipped to the 24 bits that carry it. */
    static int clipLost(long lost) {
        return Math.clamp(lost, MIN_LOST, MAX_LOST);
    }

    /**
     * How long a packet takes to the reporter and back, seen from the sender of the report that it quotes.
     *
     * @param now when this block came, by the clock that stamps the sender reports
     * @return empty if it quotes none; never negative
     */
    public Optional<Duration> roundTrip(NtpTime now) {
        if (lastSenderReport == 0) {
            return Optional.empty();
        }
        int units = (int) (now.middle() - lastSenderReport - delaySinceSenderReport);
        return Optional.of(NtpTime.ofShortUnits(Math.max(0, units)));
    }
}
