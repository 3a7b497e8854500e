package oriel.testing.viewer;

/**
 * A sender report that came (RFC 3550, 6.4.1).
 *
 * @param ntp 32 bits of seconds since 1900, 32 of fractions
 * @param rtpTimestamp the same moment, 32 bits
 * @param packets sent until then
 * @param octets of payload sent until then
 * @param arrivalNanos of {@link System#nanoTime}
 */
public record SeenSenderReport(int ssrc, long ntp, long rtpTimestamp, long packets, long octets, long arrivalNanos) {
    /** Seconds since 1900. */
    public double seconds() {
        return (ntp >>> 32) + (ntp & 0xFFFF_FFFFL) / 4294967296.0;
    }
}
