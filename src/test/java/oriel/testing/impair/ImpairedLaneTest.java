package oriel.testing.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImpairedLaneTest {
    private static final long MILLI = 1_000_000L;

    private static byte[] packet(int number) {
        return ByteBuffer.allocate(1000).putInt(number).array();
    }

    private static List<Integer> numbers(List<byte[]> packets) {
        return packets.stream().map(packet -> ByteBuffer.wrap(packet).getInt()).toList();
    }

    // A packet each millisecond, and what came out until long behind them.
    private static List<Integer> through(ImpairedLane lane, int count) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lane.offer(packet(i), i * MILLI);
            out.addAll(numbers(lane.take(i * MILLI)));
        }
        out.addAll(numbers(lane.take(count * MILLI + 100_000 * MILLI)));
        out.addAll(numbers(lane.take(count * MILLI + 200_000 * MILLI)));
        return out;
    }

    @Test
    void goodNetwork_passesAllAtOnce() {
        ImpairedLane lane = new ImpairedLane(1, Impairment.NONE);
        lane.offer(packet(7), 5);
        assertThat(numbers(lane.take(5))).containsExactly(7);
        assertThat(lane.next()).isEmpty();
    }

    @Test
    void loss_isAboutItsFraction_andTheSameBySeed() {
        Impairment tenth = Impairment.NONE.lossy(0.1);
        List<Integer> out = through(new ImpairedLane(3, tenth), 10_000);
        assertThat(out.size()).isBetween(8_850, 9_150);
        assertThat(out).isEqualTo(through(new ImpairedLane(3, tenth), 10_000));
        assertThat(out).isNotEqualTo(through(new ImpairedLane(4, tenth), 10_000));
    }

    @Test
    void dead_passesNothing() {
        assertThat(through(new ImpairedLane(1, Impairment.DEAD), 100)).isEmpty();
    }

    @Test
    void delay_holdsEachPacket_andJitterKeepsTheOrder() {
        ImpairedLane lane = new ImpairedLane(1, Impairment.NONE.delayed(Duration.ofMillis(50), Duration.ofMillis(40)));
        lane.offer(packet(0), 0);
        assertThat(lane.take(50 * MILLI - 1)).isEmpty();
        assertThat(lane.next().orElseThrow()).isBetween(50 * MILLI, 90 * MILLI);
        assertThat(numbers(lane.take(90 * MILLI))).containsExactly(0);
        ImpairedLane other = new ImpairedLane(1, Impairment.NONE.delayed(Duration.ZERO, Duration.ofMillis(40)));
        assertThat(through(other, 1000)).isSorted().hasSize(1000);
    }

    @Test
    void reordered_comeBehindAsManyLaterOnes() {
        List<Integer> out = through(new ImpairedLane(2, Impairment.NONE.reordering(0.05, 50)), 2000);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 2000).boxed().toList());
        assertThat(out).isNotEqualTo(out.stream().sorted().toList());
        int late = IntStream.range(0, out.size())
                .map(place -> place - out.get(place))
                .max()
                .orElseThrow();
        assertThat(late).isBetween(45, 55);
    }

    @Test
    void heldBack_withNothingBehind_comesAfterASecond() {
        ImpairedLane lane = new ImpairedLane(1, Impairment.NONE.reordering(1, 50));
        lane.offer(packet(0), 0);
        assertThat(lane.take(999 * MILLI)).isEmpty();
        assertThat(lane.next()).hasValue(1000 * MILLI);
        assertThat(numbers(lane.take(1000 * MILLI))).containsExactly(0);
    }

    @Test
    void duplicates_comeTwice() {
        assertThat(through(new ImpairedLane(1, Impairment.NONE.duplicating(1)), 3))
                .containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void rate_spreadsPackets_andLosesWhatDoesNotFitTheQueue() {
        // 1000 bytes take 10 ms at 800 kbit/s; five wait.
        ImpairedLane lane = new ImpairedLane(1, Impairment.NONE.limited(800_000, 5000));
        for (int i = 0; i < 10; i++) {
            lane.offer(packet(i), 0);
        }
        assertThat(lane.lost()).isEqualTo(5);
        assertThat(lane.take(10 * MILLI - 1)).isEmpty();
        assertThat(numbers(lane.take(30 * MILLI))).containsExactly(0, 1, 2);
        assertThat(numbers(lane.take(50 * MILLI))).containsExactly(3, 4);
        lane.offer(packet(10), 1000 * MILLI);
        assertThat(numbers(lane.take(1010 * MILLI))).containsExactly(10);
    }

    @Test
    void outages_loseAllOfTheirTime() {
        Impairment bursts = Impairment.NONE.failing(Duration.ofMillis(200), Duration.ofSeconds(1));
        List<Integer> out = through(new ImpairedLane(1, bursts), 2000);
        assertThat(out).hasSize(1600).contains(799, 1000, 1799).doesNotContain(800, 999, 1800);
    }
}
