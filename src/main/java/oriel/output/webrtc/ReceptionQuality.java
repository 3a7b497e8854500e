package oriel.output.webrtc;

import java.util.OptionalDouble;
import oriel.rtp.NtpTime;
import oriel.rtp.ReceptionReport;

/**
 * What a viewer's reports say of the way to it: loss and round trip (RFC 3550, 6.4.1), smoothed. Written on the viewer's
 * loop, read anywhere.
 */
final class ReceptionQuality {
    private static final int REMEMBERED = 16;
    private static final double SMOOTHING = 0.25;
    private static final double SHORT_SECOND = 65_536.0;

    private final long[] reportIds = new long[REMEMBERED];
    private final long[] reportNanos = new long[REMEMBERED];
    private int nextReport;
    private volatile double loss = Double.NaN;
    private volatile double rttMillis = Double.NaN;

    /** A sender report left. */
    void sent(NtpTime time, long nowNanos) {
        reportIds[nextReport] = time.middle();
        reportNanos[nextReport] = nowNanos;
        nextReport = (nextReport + 1) % REMEMBERED;
    }

    /** The viewer's report on one of our tracks came. */
    void report(ReceptionReport report, long nowNanos) {
        loss = smooth(loss, report.fractionLost() / 256.0);
        for (int i = 0; i < REMEMBERED; i++) {
            if (report.lastSenderReport() != 0 && reportIds[i] == report.lastSenderReport()) {
                double heldMillis = report.delaySinceSenderReport() * 1000 / SHORT_SECOND;
                double millis = (nowNanos - reportNanos[i]) / 1e6 - heldMillis;
                rttMillis = smooth(rttMillis, Math.max(0, millis));
            }
        }
    }

    /** Fraction lost, 0 to 1. */
    OptionalDouble loss() {
        double now = loss;
        return Double.isNaN(now) ? OptionalDouble.empty() : OptionalDouble.of(now);
    }

    OptionalDouble rttMillis() {
        double now = rttMillis;
        return Double.isNaN(now) ? OptionalDouble.empty() : OptionalDouble.of(now);
    }

    private static double smooth(double before, double now) {
        return Double.isNaN(before) ? now : before + SMOOTHING * (now - before);
    }
}
