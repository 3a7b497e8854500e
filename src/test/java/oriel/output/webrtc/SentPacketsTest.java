package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.RecentPackets;

class SentPacketsTest {
    private final RecentPackets recent = new RecentPackets();
    private final SentPackets sent = new SentPackets();

    SentPacketsTest() {
        sent.from(recent);
    }

    private static RtpPacket packet(long pts) {
        return RtpPacket.take(new byte[12], 12, 0, pts, false, false);
    }

    private RtpPacket comes(long pts) {
        RtpPacket packet = packet(pts);
        recent.add(new Burst(0, List.of(packet)));
        return packet;
    }

    private void live(long index) {
        RtpPacket packet = comes(index);
        sent.addLive(index, packet, recent.end() - 1, (int) index + 7);
    }

    private void own(long index) {
        sent.addOwn(index, packet(index), (int) index + 7);
    }

    private void live(long from, int count) {
        for (int i = 0; i < count; i++) {
            live(from + i);
        }
    }

    private void own(long from, int count) {
        for (int i = 0; i < count; i++) {
            own(from + i);
        }
    }

    @Test
    void nothingSent_nothingRemembered() {
        assertThat(sent.indexOf(0)).isNegative();
    }

    @Test
    void theNewestAndTheOldest_areFound_theOneBeforeIsNot() {
        int newest = 10 + SentPackets.SIZE + 4;
        live(10, SentPackets.SIZE + 5);
        assertThat(sent.indexOf(newest)).isEqualTo(newest);
        assertThat(sent.indexOf(15)).isEqualTo(15);
        assertThat(sent.packet(15).timestamp()).isEqualTo(22);
        assertThat(sent.packet(15).packet().ptsTicks()).isEqualTo(15);
        assertThat(sent.indexOf(14)).isNegative();
    }

    @Test
    void ofAReplay_theNewestAndTheOldest_areFound_theOneBeforeIsNot() {
        own(10, SentPackets.SIZE + 5);
        int newest = 10 + SentPackets.SIZE + 4;
        assertThat(sent.indexOf(newest)).isEqualTo(newest);
        assertThat(sent.indexOf(15)).isEqualTo(15);
        assertThat(sent.packet(15).timestamp()).isEqualTo(22);
        assertThat(sent.indexOf(14)).isNegative();
    }

    @Test
    void whatIsNotSentYet_isNotFound() {
        live(10, 5);
        assertThat(sent.indexOf(15)).isNegative();
        assertThat(sent.indexOf(9)).isNegative();
        assertThatThrownBy(() -> sent.packet(15)).hasMessage("index 15 is not remembered");
    }

    @Test
    void overTheWrapOfSequenceNumbers_indicesGoOn() {
        live(65_530, 20);
        assertThat(sent.indexOf(65_535)).isEqualTo(65_535);
        assertThat(sent.indexOf(3)).isEqualTo(65_539);
    }

    @Test
    void whatWasLeftOut_isNotFound_evenWhereAnOlderOneWasRemembered() {
        live(0, 1100);
        live(1101, 5); // 1100 is a gap that the camera left
        own(1107, 3);
        assertThat(sent.indexOf(1100)).isNegative();
        assertThat(sent.indexOf(1106)).isNegative();
        assertThat(sent.indexOf(1099)).isEqualTo(1099);
        assertThat(sent.indexOf(1101)).isEqualTo(1101);
        assertThat(sent.indexOf(1107)).isEqualTo(1107);
    }

    @Test
    void moreGapsThanRuns_theOldestRunsAreForgotten() {
        for (int i = 0; i <= SentPackets.RUNS + 1; i++) {
            live(2L * i);
        }
        assertThat(sent.indexOf(0)).isNegative();
        assertThat(sent.indexOf(2)).isEqualTo(2);
    }

    @Test
    void fromElsewhere_whatCameBeforeIsForgotten_forItsPlacesMeanOthersNow() {
        live(0, 5);
        RecentPackets other = new RecentPackets();
        RtpPacket first = packet(5);
        other.add(new Burst(0, List.of(first)));
        sent.from(other);
        sent.addLive(5, first, 0, 5);
        assertThat(sent.indexOf(4)).isNegative();
        assertThat(sent.packet(5).packet()).isSameAs(first);
    }

    // Under a number that was used, another payload or header would give GCM's key away.
    @Test
    void whateverHappens_aNumberIsAnsweredWithWhatLeftUnderIt_orNotAtAll() {
        Random random = new Random(4);
        Map<Long, SentPackets.Sent> left = new HashMap<>();
        long index = 0;
        int ahead = 0;
        for (int step = 0; step < 200_000; step++) {
            int kind = random.nextInt(100);
            index += kind == 0 ? 1 + random.nextInt(3) : 0; // a gap
            ahead += kind == 1 ? 40 : 0;
            boolean queued = step / 700 % 3 == 0;
            RtpPacket packet = queued ? packet(step) : comes(step);
            int timestamp = step + ahead;
            if (kind == 2) {
                continue; // skipped
            }
            if (queued) {
                sent.addOwn(index, packet, timestamp);
            } else {
                sent.addLive(index, packet, recent.end() - 1, timestamp);
            }
            left.put(index, new SentPackets.Sent(packet, timestamp));
            left.remove(index - 2 * SentPackets.SIZE);
            index++;
            long asked = index - random.nextInt(2 * SentPackets.SIZE);
            long found = sent.indexOf((int) asked & 0xFFFF);
            if (found >= 0) {
                assertThat(found).isEqualTo(asked);
                assertThat(sent.packet(found)).isEqualTo(left.get(asked));
            } else if (index - asked < 10) {
                assertThat(left).doesNotContainKey(asked);
            }
        }
    }

    @Test
    void aSecondResend_waits() {
        live(0, 5);
        assertThat(sent.mayResend(3, 1000, 100)).isTrue();
        assertThat(sent.mayResend(3, 1050, 100)).isFalse();
        assertThat(sent.mayResend(3, 1100, 100)).isTrue();
        assertThat(sent.mayResend(4, 1100, 100)).isTrue();
    }
}
