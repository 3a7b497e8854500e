package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import oriel.rtp.NtpTime;
import oriel.rtp.ReceptionReport;

class ReceptionQualityTest {
    private final ReceptionQuality quality = new ReceptionQuality();

    @Test
    void beforeAnyReport_nothingIsKnown() {
        assertThat(quality.loss()).isEmpty();
        assertThat(quality.rttMillis()).isEmpty();
    }

    @Test
    void roundTrip_isTimeSinceOurReportLessWhatTheViewerHeldIt() {
        NtpTime time = NtpTime.of(Instant.parse("2026-01-01T00:00:00Z"));
        quality.sent(time, 1_000_000_000L);
        // held for half a second, came back 530 ms later
        quality.report(new ReceptionReport(7, 64, 10, 1000, 0, time.middle(), 32_768), true, 1_530_000_000L);
        assertThat(quality.rttMillis().orElseThrow()).isCloseTo(30, within(0.1));
        assertThat(quality.loss().orElseThrow()).isCloseTo(0.25, within(0.001));
    }

    @Test
    void reportOfASenderReportWeDoNotKnow_tellsLossOnly() {
        quality.report(new ReceptionReport(7, 0, 0, 1000, 0, 99, 1), true, 5);
        assertThat(quality.rttMillis()).isEmpty();
        assertThat(quality.loss()).hasValue(0);
    }

    @Test
    void second_withoutFeedback_isWhatReceiverReportsSayOfThePicture() {
        report(1000, 0, 1);
        assertThat(quality.second(2_000_000_000L).packets()).isZero();
        report(1100, 128, 2);
        report(1150, 64, 2);
        LinkEvidence evidence = quality.second(3_000_000_000L);
        assertThat(evidence.packets()).isEqualTo(150);
        assertThat(evidence.loss()).isCloseTo((0.5 * 100 + 0.25 * 50) / 150, within(0.001));
        assertThat(quality.second(4_000_000_000L)).isEqualTo(LinkEvidence.NONE);
    }

    @Test
    void reportsOnSound_sayNothingOfTheWay() {
        quality.report(new ReceptionReport(7, 0, 0, 1, 0, 0, 0), false, 1);
        quality.report(new ReceptionReport(7, 255, 0, 100, 0, 0, 0), false, 2);
        assertThat(quality.second(3)).isEqualTo(LinkEvidence.NONE);
    }

    @Test
    void roundTripThatGrows_isAQueueOnTheWay() {
        for (int second = 1; second <= 5; second++) {
            long sentAt = second * 1_000_000_000L;
            NtpTime time = NtpTime.of(Instant.ofEpochSecond(second));
            quality.sent(time, sentAt);
            long tripNanos = 20_000_000L + (second - 1) * 200_000_000L;
            quality.report(new ReceptionReport(7, 0, 0, 100L * second, 0, time.middle(), 0), true, sentAt + tripNanos);
            double waited = quality.second(sentAt + 900_000_000L).standingMillis();
            assertThat(waited).isCloseTo((second - 1) * (second == 1 ? 0 : 200), within(1.0));
        }
    }

    private void report(long highest, int fraction, long seconds) {
        quality.report(new ReceptionReport(7, fraction, 0, highest, 0, 0, 0), true, seconds * 1_000_000_000L);
    }
}
