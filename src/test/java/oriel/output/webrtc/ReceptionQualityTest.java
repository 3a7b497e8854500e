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
        quality.report(new ReceptionReport(7, 64, 10, 1000, 0, time.middle(), 32_768), 1_530_000_000L);
        assertThat(quality.rttMillis().orElseThrow()).isCloseTo(30, within(0.1));
        assertThat(quality.loss().orElseThrow()).isCloseTo(0.25, within(0.001));
    }

    @Test
    void reportOfASenderReportWeDoNotKnow_tellsLossOnly() {
        quality.report(new ReceptionReport(7, 0, 0, 1000, 0, 99, 1), 5);
        assertThat(quality.rttMillis()).isEmpty();
        assertThat(quality.loss()).hasValue(0);
    }
}
