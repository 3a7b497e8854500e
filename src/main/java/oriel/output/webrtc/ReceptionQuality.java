package oriel.output.webrtc;

import java.util.OptionalDouble;
import oriel.rtp.NtpTime;
import oriel.rtp.ReceptionReport;
import oriel.rtp.TransportArrivals;

/**
 * What a viewer's reports say of the way to it: loss and round trip (RFC 3550, 6.4.1), smoothed, and better where the viewer
 * reports on each packet. Written on the viewer's loop, read anywhere.
 */
final class ReceptionQuality {
    private static final int REMEMBERED = 16;
    private static final double SMOOTHING = 0.25;
    private static final double SHORT_SECOND = 65_536.0;
    private static final long SHORTEST_SPAN_NANOS = 30_000_000_000L;
    private static final int MAX_EXPECTED = 1 << 16;

    private final DeliveryLog deliveries = new DeliveryLog();
    private final RollingLow shortest = new RollingLow(SHORTEST_SPAN_NANOS);
    private final long[] reportIds = new long[REMEMBERED];
    private final long[] reportNanos = new long[REMEMBERED];
    private int nextReport;
    private boolean settled;

    // Reports on the picture since the last second:
    private long expected;
    private double lost;
    private double slowestMillis;
    private long highestSequence = -1;

    private volatile double loss = Double.NaN;
    private volatile double rttMillis = Double.NaN;
    private volatile double atMostMillis = Double.NaN;

    /** A packet leaves: its number on the transport. */
    int number(long nowNanos) {
        return deliveries.add(nowNanos);
    }

    /** A sender report left. */
    void sent(NtpTime time, long nowNanos) {
        reportIds[nextReport] = time.middle();
        reportNanos[nextReport] = nowNanos;
        nextReport = (nextReport + 1) % REMEMBERED;
    }

    /** The viewer says which packets came, and when. */
    void feedback(TransportArrivals arrivals, long nowNanos) {
        deliveries.feedback(arrivals, nowNanos);
        deliveries.roundTripMillis().ifPresent(millis -> atMostMillis = millis);
    }

    /**
     * The viewer's report on one of our tracks came.
     *
     * @param picture whether it is of a picture, which is what the way is judged by
     */
    void report(ReceptionReport report, boolean picture, long nowNanos) {
        double fraction = report.fractionLost() / 256.0;
        if (!settled) {
            loss = smooth(loss, fraction);
        }
        double millis = roundTrip(report, nowNanos);
        if (picture) {
            long more = highestSequence < 0 ? 0 : report.highestSequence() - highestSequence;
            highestSequence = report.highestSequence();
            if (more > 0 && more < MAX_EXPECTED) {
                lost = (lost * expected + fraction * more) / (expected + more);
                expected += more;
            }
            if (!Double.isNaN(millis)) {
                shortest.add((long) (millis * 1000), nowNanos);
                slowestMillis = Math.max(slowestMillis, millis - shortest.low() / 1000.0);
            }
        }
    }

    // Of one that quotes a sender report of ours; else not a number.
    private double roundTrip(ReceptionReport report, long nowNanos) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (report.lastSenderReport() != 0 && reportIds[i] == report.lastSenderReport()) {
                double heldMillis = report.delaySinceSenderReport() * 1000 / SHORT_SECOND;
                double millis = Math.max(0, (nowNanos - reportNanos[i]) / 1e6 - heldMillis);
                rttMillis = smooth(rttMillis, millis);
                return millis;
            }
        }
        return Double.NaN;
    }

    /** What the last second's reports say together; to be asked once a second. */
    LinkEvidence second(long nowNanos) {
        LinkEvidence evidence = deliveries.settle(nowNanos);
        if (evidence.packets() > 0) {
            settled = true;
            loss = smooth(loss, evidence.loss());
        } else if (expected > 0 && !settled) {
            evidence = new LinkEvidence(expected, lost, slowestMillis, slowestMillis);
        }
        expected = 0;
        lost = 0;
        slowestMillis = 0;
        return evidence;
    }

    /** Fraction lost, 0 to 1. */
    OptionalDouble loss() {
        double now = loss;
        return Double.isNaN(now) ? OptionalDouble.empty() : OptionalDouble.of(now);
    }

    /** The round trip; where no report quotes one of ours, the shortest time to feedback, which holds it. */
    OptionalDouble rttMillis() {
        double now = rttMillis;
        double known = Double.isNaN(now) ? atMostMillis : now;
        return Double.isNaN(known) ? OptionalDouble.empty() : OptionalDouble.of(known);
    }

    private static double smooth(double before, double now) {
        return Double.isNaN(before) ? now : before + SMOOTHING * (now - before);
    }
}
