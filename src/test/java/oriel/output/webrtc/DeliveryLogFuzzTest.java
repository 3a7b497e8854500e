package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.base.MalformedException;
import oriel.rtp.RtcpPacket;

/** Whatever a viewer says of what came, it only harms itself. */
class DeliveryLogFuzzTest {
    private static final long MILLI = 1_000_000L;

    @FuzzTest
    void feedback(byte[] data) {
        DeliveryLog log = new DeliveryLog();
        for (int i = 0; i < 3 * DeliveryLog.SIZE; i++) {
            log.add(i * MILLI);
        }
        try {
            for (RtcpPacket packet : RtcpPacket.parseCompound(data, 0, data.length)) {
                if (packet instanceof RtcpPacket.TransportFeedback feedback) {
                    assertThat(feedback.arrivals().count()).isLessThanOrEqualTo(RtcpPacket.MAX_ARRIVALS);
                    log.feedback(feedback.arrivals(), 3 * DeliveryLog.SIZE * MILLI);
                }
            }
        } catch (MalformedException e) {
            return;
        }
        LinkEvidence evidence = log.settle(3 * DeliveryLog.SIZE * MILLI + 1000 * MILLI);
        assertThat(evidence.packets()).isBetween(0L, (long) DeliveryLog.SIZE);
        assertThat(evidence.loss()).isBetween(0.0, 1.0);
        assertThat(evidence.standingMillis()).isBetween(0.0, evidence.meanMillis() + 0.01);
    }
}
