package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.rtp.RtcpPacket;
import oriel.rtp.TransportArrivals;
import oriel.testing.viewer.TransportFeedbackWriter;

class DeliveryLogTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;
    private static final long LOST = TransportFeedbackWriter.LOST;

    // The viewer's clock has nothing to do with ours.
    private static final long THEIRS_MICROS = 7_000_000_000L;

    private final DeliveryLog log = new DeliveryLog();
    private long next;

    static TransportArrivals arrivals(long base, long... micros) throws MalformedException {
        byte[] packet = TransportFeedbackWriter.packet(1, 2, (int) base, 0, micros);
        return ((RtcpPacket.TransportFeedback)
                        RtcpPacket.parseCompound(packet, 0, packet.length).getFirst())
                .arrivals();
    }

    // Packets that leave 10 ms apart from `at` on, and are on the way for as long as `wayMillis` says of each; below
    // 0: lost.
    private void deliver(int count, long at, LongUnaryOperator wayMillis) throws MalformedException {
        long base = next;
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            long left = at + i * 10 * MILLI;
            assertThat(log.add(left) & 0xFFFF).isEqualTo((int) next++ & 0xFFFF);
            long way = wayMillis.applyAsLong(i);
            micros[i] = way < 0 ? LOST : THEIRS_MICROS + left / 1000 + way * 1000;
        }
        log.feedback(arrivals(base, micros), at + count * 10 * MILLI + 50 * MILLI);
    }

    @Test
    void nothingSaid_isNoEvidence() {
        log.add(0);
        assertThat(log.settle(SECOND)).isEqualTo(LinkEvidence.NONE);
        assertThat(log.roundTripMillis()).isEmpty();
    }

    @Test
    void everyFourthLost_isAQuarter() throws Exception {
        deliver(100, 0, i -> i % 4 == 3 ? -1 : 20);
        LinkEvidence evidence = log.settle(2 * SECOND);
        assertThat(evidence.packets()).isEqualTo(100);
        assertThat(evidence.loss()).isEqualTo(0.25);
        assertThat(log.settle(3 * SECOND)).isEqualTo(LinkEvidence.NONE);
    }

    @Test
    void lateOnes_areNotLost_ifTheNextFeedbackSaysSo() throws Exception {
        deliver(50, 0, i -> i < 10 ? -1 : 20);
        long[] late = new long[10];
        Arrays.fill(late, THEIRS_MICROS + 600_000);
        log.feedback(arrivals(0, late), 600 * MILLI);
        assertThat(log.settle(2 * SECOND).loss()).isZero();
    }

    @Test
    void theNewest_waitForTheirFeedbackToSettle() throws Exception {
        deliver(100, 0, i -> 20);
        assertThat(log.settle(1050 * MILLI).packets()).isBetween(50L, 60L);
        assertThat(log.settle(3 * SECOND).packets()).isBetween(40L, 50L);
    }

    @Test
    void aQueueThatNeverEmpties_stands_andOneThatDoes_doesNot() throws Exception {
        deliver(50, 0, i -> 20);
        log.settle(2 * SECOND);
        deliver(100, 2 * SECOND, i -> 20 + (i % 10) * 50);
        LinkEvidence jittery = log.settle(5 * SECOND);
        assertThat(jittery.standingMillis()).isCloseTo(0, within(1.0));
        assertThat(jittery.meanMillis()).isCloseTo(225, within(2.0));
        deliver(100, 5 * SECOND, i -> 620 + i);
        LinkEvidence full = log.settle(8 * SECOND);
        assertThat(full.standingMillis()).isCloseTo(600, within(1.0));
        assertThat(full.meanMillis()).isCloseTo(649.5, within(2.0));
    }

    @Test
    void roundTrip_isTheShortestToAFeedback() throws Exception {
        deliver(10, 0, i -> 20); // the last left at 90 ms, its feedback comes at 150
        assertThat(log.roundTripMillis().orElseThrow()).isCloseTo(60, within(0.1));
    }

    @Test
    void numbersWrap_andTheViewersReferenceTimeToo() throws Exception {
        long theirs = (1L << 23) * 64_000 - 1_000_000; // a second before 24 bits of 64 ms turn over
        for (int i = 0; i < 65_500; i++) {
            log.add(i);
        }
        next = 65_500;
        for (int round = 0; round < 4; round++) {
            long[] micros = new long[50];
            long base = next;
            long at = SECOND + round * 500 * MILLI;
            for (int i = 0; i < 50; i++, next++) {
                log.add(at + i * 10 * MILLI);
                micros[i] = theirs + (at + i * 10 * MILLI) / 1000;
            }
            log.feedback(arrivals(base & 0xFFFF, micros), at + 550 * MILLI);
        }
        LinkEvidence evidence = log.settle(10 * SECOND);
        assertThat(evidence.packets()).isEqualTo(200);
        assertThat(evidence.loss()).isZero();
        assertThat(evidence.meanMillis()).isCloseTo(0, within(1.0));
    }

    @Test
    void packetsThatAreForgotten_orWereNeverSent_sayNothing() throws Exception {
        log.feedback(arrivals(5, 1000, 2000), 0);
        for (int i = 0; i < DeliveryLog.SIZE + 100; i++) {
            log.add(0);
        }
        log.feedback(arrivals(0, LOST, LOST, LOST), SECOND);
        log.feedback(arrivals(DeliveryLog.SIZE + 100, LOST, LOST), SECOND);
        assertThat(log.settle(3 * SECOND)).isEqualTo(LinkEvidence.NONE);
    }
}
