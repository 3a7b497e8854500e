package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.rtp.RtpPacket;

class SentPacketsTest {
    private final SentPackets sent = new SentPackets();

    private static RtpPacket packet() {
        return RtpPacket.take(new byte[12], 12, 0, 0, false, false);
    }

    private void fill(long from, int count) {
        for (int i = 0; i < count; i++) {
            sent.add(from + i, packet(), (int) (from + i));
        }
    }

    @Test
    void nothingSent_nothingRemembered() {
        assertThat(sent.indexOf(0)).isNegative();
    }

    @Test
    void theNewestAndTheOldest_areFound_theOneBeforeIsNot() {
        fill(10, SentPackets.SIZE + 5);
        int newest = 10 + SentPackets.SIZE + 4;
        assertThat(sent.indexOf(newest)).isEqualTo(newest);
        assertThat(sent.indexOf(15)).isEqualTo(15);
        assertThat(sent.timestamp(15)).isEqualTo(15);
        assertThat(sent.indexOf(14)).isNegative();
    }

    @Test
    void whatIsNotSentYet_isNotFound() {
        fill(10, 5);
        assertThat(sent.indexOf(15)).isNegative();
        assertThat(sent.indexOf(9)).isNegative();
    }

    @Test
    void overTheWrapOfSequenceNumbers_indicesGoOn() {
        fill(65_530, 20);
        assertThat(sent.indexOf(65_535)).isEqualTo(65_535);
        assertThat(sent.indexOf(3)).isEqualTo(65_539);
    }

    @Test
    void whatWasLeftOut_isNotFound_evenWhereAnOlderOneWasRemembered() {
        fill(0, 1100);
        fill(1101, 5); // 1100 is a gap that the camera left
        assertThat(sent.indexOf(1100)).isNegative();
        assertThat(sent.indexOf(1099)).isEqualTo(1099);
        assertThat(sent.indexOf(1101)).isEqualTo(1101);
    }

    @Test
    void aSecondResend_waits() {
        fill(0, 5);
        assertThat(sent.mayResend(3, 1000, 100)).isTrue();
        assertThat(sent.mayResend(3, 1050, 100)).isFalse();
        assertThat(sent.mayResend(3, 1100, 100)).isTrue();
        assertThat(sent.mayResend(4, 1100, 100)).isTrue();
    }
}
