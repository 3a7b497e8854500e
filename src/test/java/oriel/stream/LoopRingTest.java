package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.rtp.RtpPacket;

class LoopRingTest {
    private static Burst burst(long sequence) {
        return new Burst(0, List.of(RtpPacket.take(new byte[12], 12, sequence, 0, false, false)));
    }

    @Test
    void fullRing_refuses_andTakesAgainAfterAPoll() {
        LoopRing ring = new LoopRing(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(burst(i))).isTrue();
        }
        assertThat(ring.offer(burst(4))).isFalse();
        assertThat(ring.poll()).isNotNull();
        assertThat(ring.offer(burst(5))).isTrue();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void betweenTwoThreads_everythingArrivesInOrder() throws InterruptedException {
        LoopRing ring = new LoopRing(256);
        int count = 200_000;
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                Burst burst = burst(i);
                while (!ring.offer(burst)) {
                    Thread.onSpinWait();
                }
            }
        });
        for (int expected = 0; expected < count; ) {
            if (ring.poll() instanceof Burst burst) {
                assertThat(burst.packets().getFirst().sequence()).isEqualTo(expected++);
            } else {
                Thread.onSpinWait();
            }
        }
        producer.join();
        assertThat(ring.isEmpty()).isTrue();
    }
}
