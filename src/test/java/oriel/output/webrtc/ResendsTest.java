package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;

class ResendsTest {
    private static final long MILLI = 1_000_000L;

    private final SentPackets sent = new SentPackets();
    private final Drops drops = new Drops();
    private final Resends resends = new Resends(sent, drops);

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            sent.addOwn(i, RtpPacket.take(new byte[1200], 1200, i, i, false, false), i);
        }
    }

    private int waiting() {
        int count = 0;
        while (resends.next() >= 0) {
            count++;
        }
        return count;
    }

    @Test
    void onePacket_leavesAgainOnceInARoundTrip() {
        fill(0, 10);
        resends.ask(5, 1_000_000, 0, 80 * MILLI);
        resends.ask(5, 1_000_000, 79 * MILLI, 80 * MILLI);
        assertThat(waiting()).isEqualTo(1);
        assertThat(drops.of("nack-too-soon")).isEqualTo(1);
        resends.ask(5, 1_000_000, 80 * MILLI, 80 * MILLI);
        assertThat(resends.next()).isEqualTo(5);
        assertThat(resends.next()).isNegative();
    }

    @Test
    void roundTripUnknownOrAbsurd_waitsTwentyMillisecondsToHalfASecond() {
        fill(0, 10);
        resends.ask(5, 1_000_000, 0, 0);
        resends.ask(5, 1_000_000, 19 * MILLI, 0);
        assertThat(waiting()).isEqualTo(1);
        resends.ask(5, 1_000_000, 20 * MILLI, 0);
        assertThat(waiting()).isEqualTo(1);
        resends.ask(5, 1_000_000, 519 * MILLI, 100_000 * MILLI);
        assertThat(waiting()).isZero();
        resends.ask(5, 1_000_000, 520 * MILLI, 100_000 * MILLI);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void creditGrowsByHalfOfWhatLeaves_andIsNotSavedUpForever() {
        fill(0, 1024);
        int advance = asked(0, 0);
        assertThat(advance).isEqualTo((int) (Resends.ADVANCE_BYTES / 1200) + 1);
        assertThat(asked(240_000, 1000)).isBetween(99, 101);
        assertThat(asked(1_000_000_000, 2000)).isEqualTo((int) (Resends.MAX_SAVED_BYTES / 1200) + 1);
        assertThat(drops.of("nack-too-many")).isPositive();
    }

    private int asked(long sentBytes, long millis) {
        for (int i = 0; i < 1024; i++) {
            resends.ask(i, sentBytes, millis * MILLI, 0);
        }
        return waiting();
    }

    @Test
    void whatIsForgottenMeanwhile_isPassedOver() {
        fill(0, 10);
        resends.ask(5, 1_000_000, 0, 0);
        resends.ask(9, 1_000_000, 0, 0);
        fill(10, 1030);
        assertThat(resends.isEmpty()).isFalse();
        assertThat(resends.next()).isEqualTo(9);
        assertThat(resends.next()).isNegative();
        assertThat(resends.isEmpty()).isTrue();
    }
}
