package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private static final long MILLI = 1_000_000;
    private static final int SSRC = 7;

    private final RtpReceiver receiver = new RtpReceiver(90_000);

    @Test
    void report_beforeAnyPacket_isEmpty() {
        assertThat(receiver.started()).isFalse();
        assertThat(receiver.report(0)).isEqualTo(new ReceptionReport(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void report_nothingLost_saysSo() {
        for (int i = 0; i < 10; i++) {
            receiver.accept(SSRC, 65_530 + i & 0xFFFF, 3600L * i, 40 * MILLI * i);
        }

        assertThat(receiver.report(0)).isEqualTo(new ReceptionReport(SSRC, 0, 0, 65_539, 0, 0, 0));
        assertThat(receiver.received()).isEqualTo(10);
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void report_loss_countsTheIntervalAndTheWhole() {
        receiver.accept(SSRC, 1, 0, 0);
        receiver.accept(SSRC, 4, 0, 0); // 2 of 4 lost

        assertThat(receiver.report(0).fractionLost()).isEqualTo(128);
        assertThat(receiver.lost()).isEqualTo(2);

        receiver.accept(SSRC, 5, 0, 0);
        receiver.accept(SSRC, 6, 0, 0);
        receiver.accept(SSRC, 8, 0, 0); // 1 of 4 lost
        ReceptionReport second = receiver.report(0);

        assertThat(second.fractionLost()).isEqualTo(64);
        assertThat(second.cumulativeLost()).isEqualTo(3);
        assertThat(receiver.report(0).fractionLost()).isZero();
    }

    @Test
    void report_duplicates_giveNegativeLossAndNoFraction() {
        for (int i = 0; i < 5; i++) {
            receiver.accept(SSRC, 9, 0, 0);
        }
        ReceptionReport report = receiver.report(0);

        assertThat(report.cumulativeLost()).isEqualTo(-4);
        assertThat(report.fractionLost()).isZero();
    }

    @Test
    void report_allButOneLost_fitsTheByte() {
        receiver.accept(SSRC, 1, 0, 0);
        receiver.report(0);
        receiver.accept(SSRC, 2900, 0, 0);

        assertThat(receiver.report(0).fractionLost()).isEqualTo(255);
    }

    @Test
    void accept_evenPackets_haveNoJitter() {
        for (int i = 0; i < 100; i++) {
            receiver.accept(SSRC, i, 0xFFFF_F000L + 3600L * i, 40 * MILLI * i);
        }

        assertThat(receiver.jitterTicks()).isZero();
    }

    @Test
    void accept_unevenPackets_haveTheJitterOfRfc3550() {
        // Every second packet comes 10 ms (900 ticks) late: |D| is 900 each time, and J tends to it by sixteenths.
        double jitter = 0;
        for (int i = 0; i < 200; i++) {
            receiver.accept(SSRC, i, 3600L * i, (40 * i + i % 2 * 10) * MILLI);
            jitter += i == 0 ? 0 : (900 - jitter) / 16;
        }

        assertThat(receiver.jitterTicks()).isBetween((long) jitter - 1, (long) jitter + 1);
        assertThat(receiver.report(0).jitterTicks()).isEqualTo(receiver.jitterTicks());
    }

    @Test
    void accept_absurdTimestamps_keepsJitterIn32Bits() {
        for (int i = 0; i < 1000; i++) {
            receiver.accept(SSRC, i, i % 2 == 0 ? 0 : 0x8000_0000L, Long.MAX_VALUE / 1000 * i);
        }

        assertThat(receiver.report(0).jitterTicks()).isBetween(0L, 0xFFFF_FFFFL);
    }

    @Test
    void report_afterSenderReport_quotesItAndTheDelay() {
        receiver.accept(SSRC, 1, 0, 0);
        var ntp = NtpTime.of(Instant.parse("1995-11-10T11:33:25.125Z"));
        receiver.senderReport(new RtcpPacket.SenderReport(SSRC, ntp, 0, 0, 0, List.of()), 1000 * MILLI);
        ReceptionReport report = receiver.report(6250 * MILLI);

        assertThat(report.lastSenderReport()).isEqualTo(0xb7052000L);
        assertThat(report.delaySinceSenderReport()).isEqualTo(0x0005_4000L);
    }

    @Test
    void report_senderReportOfAnother_isNotQuoted() {
        receiver.accept(SSRC, 1, 0, 0);
        var ntp = NtpTime.of(Instant.parse("2026-01-01T00:00:00Z"));
        receiver.senderReport(new RtcpPacket.SenderReport(8, ntp, 0, 0, 0, List.of()), 0);

        assertThat(receiver.report(0).lastSenderReport()).isZero();
        assertThat(receiver.report(MILLI).delaySinceSenderReport()).isZero();
    }

    @Test
    void accept_otherSsrc_beginsAnewAboveAllBefore() {
        receiver.accept(SSRC, 1000, 0, 0);
        receiver.accept(SSRC, 1010, 0, 0);

        assertThat(receiver.accept(8, 20, 0, 0)).isEqualTo(65_556);
        assertThat(receiver.restarted()).isTrue();
        assertThat(receiver.ssrc()).isEqualTo(8);
        assertThat(receiver.received()).isEqualTo(1);
        assertThat(receiver.lost()).isZero();
        assertThat(receiver.accept(8, 21, 0, 0)).isEqualTo(65_557);
        assertThat(receiver.restarted()).isFalse();
    }

    @Test
    void accept_jump_isCountedFromThePacketThatConfirmsIt() {
        receiver.accept(SSRC, 1000, 0, 0);

        assertThat(receiver.accept(SSRC, 30_000, 0, 0)).isEqualTo(SequenceExtender.REFUSED);
        assertThat(receiver.received()).isEqualTo(1);
        receiver.accept(SSRC, 30_001, 0, 0);
        assertThat(receiver.restarted()).isTrue();
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void accept_view_readsItsHeader() {
        receiver.accept(RtpBytes.view(false, 5, 90_000, new byte[3]), 0);

        assertThat(receiver.ssrc()).isEqualTo(RtpBytes.SSRC);
        assertThat(receiver.report(0).highestSequence()).isEqualTo(5);
    }

    @Test
    void receiver_withoutClock_isRefused() {
        assertThatThrownBy(() -> new RtpReceiver(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
