package oriel.rtp;

/**
 * Follows the packets of one track as they arrive: extends their sequence numbers and keeps the figures that receiver
 * reports tell the sender (RFC 3550, 6.4, A.3 and A.8). Time is an argument. Owned by the camera's loop; not
 * thread-safe.
 */
public final class RtpReceiver {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MASK_32 = 0xFFFF_FFFFL;
    private static final int JITTER_SHIFT = 4;
    private static final int MAX_FRACTION = 255;

    private final int clockRate;
    private final SequenceExtender sequences = new SequenceExtender();

    private boolean started;
    private int ssrc;
    private boolean restarted;
    private long firstNanos; // arrivals count from here, so that they fit the arithmetic

    private long base;
    private long received;
    private long expectedBefore; // at the last report
    private long receivedBefore;
    private int transit;
    private long jitterScaled; // times 16

    private int senderReportSsrc;
    private long lastSenderReport;
    private long senderReportNanos;

    /** @param clockRate RTP ticks a second, at least 1 */
    public RtpReceiver(int clockRate) {
        if (clockRate < 1) {
            throw new IllegalArgumentException("clock rate is not positive: " + clockRate);
        }
        this.clockRate = clockRate;
    }

    /**
     * Counts the next packet.
     *
     * @param nanos when it came, by a clock that never jumps
     * @return its sequence number in a count that never wraps, or {@link SequenceExtender#REFUSED} if the packet is to
     *     be thrown away; a packet late or twice has a count no higher than one before
     */
    public long accept(RtpView packet, long nanos) {
        return accept(packet.ssrc(), packet.sequence(), packet.timestamp(), nanos);
    }

    long accept(int from, int sequence, long timestamp, long nanos) {
        boolean other = started && from != ssrc;
        long extended = other ? sequences.restart(sequence) : sequences.extend(sequence);
        restarted = sequences.restarted();
        if (extended == SequenceExtender.REFUSED) {
            return extended;
        }
        if (!started || restarted) {
            begin(from, extended, nanos);
            transit = transit(timestamp, nanos);
        }
        received++;
        int now = transit(timestamp, nanos);
        int change = Math.abs(now - transit);
        transit = now;
        jitterScaled += (change & MASK_32) - ((jitterScaled + (1 << (JITTER_SHIFT - 1))) >> JITTER_SHIFT);
        return extended;
    }

    private void begin(int from, long extended, long nanos) {
        started = true;
        ssrc = from;
        firstNanos = nanos;
        base = extended;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        jitterScaled = 0;
    }

    private int transit(long timestamp, long nanos) {
        long since = nanos - firstNanos;
        long ticks = since / NANOS_PER_SECOND * clockRate + since % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
        return (int) (ticks - timestamp);
    }

    /** Notes a sender report; the next reports quote it if it is of the source they are about. */
    public void senderReport(RtcpPacket.SenderReport report, long nanos) {
        senderReportSsrc = report.ssrc();
        lastSenderReport = report.ntpTime().middle();
        senderReportNanos = nanos;
    }

    /** What to tell the sender now; the next report's fraction counts from here. Meaningless before the first packet. */
    public ReceptionReport report(long nanos) {
        long expected = expected();
        long expectedSince = expected - expectedBefore;
        long lostSince = expectedSince - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedSince == 0 || lostSince <= 0
                ? 0
                : (int) Math.min((lostSince << 8) / expectedSince, MAX_FRACTION);
        boolean quotes = lastSenderReport != 0 && senderReportSsrc == ssrc;
        return new ReceptionReport(
                ssrc,
                fraction,
                ReceptionReport.clipLost(lost()),
                sequences.highest() & MASK_32,
                jitterTicks(),
                quotes ? lastSenderReport : 0,
                quotes ? NtpTime.toShortUnits(nanos - senderReportNanos) : 0);
    }

    /** Whether any packet came yet. */
    public boolean started() {
        return started;
    }

    /** Who sends; 0 before the first packet. */
    public int ssrc() {
        return ssrc;
    }

    /** Whether the packet last taken began anew, by another SSRC or a jump: it is no successor of those before. */
    public boolean restarted() {
        return restarted;
    }

    /** Packets that came since the flow began, late and repeated ones included. */
    public long received() {
        return received;
    }

    /** Packets that should have come and did not; negative if some came twice. */
    public long lost() {
        return expected() - received;
    }

    /** How unevenly packets arrive, in ticks. */
    public long jitterTicks() {
        return jitterScaled >> JITTER_SHIFT;
    }

    private long expected() {
        return started ? sequences.highest() - base + 1 : 0;
    }
}
