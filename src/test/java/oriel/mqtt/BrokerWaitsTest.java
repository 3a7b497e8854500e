package oriel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BrokerWaitsTest {
    private static final BrokerEnd AWAY = new BrokerEnd(BrokerEnd.Kind.AWAY, "");
    private static final BrokerEnd REFUSED = new BrokerEnd(BrokerEnd.Kind.REFUSED, "");
    private static final BrokerEnd TAKEN = new BrokerEnd(BrokerEnd.Kind.TAKEN_OVER, "");

    private final BrokerWaits waits = new BrokerWaits(new Random(1));

    @Test
    void waits_grow_andStayUnderFourSeconds() {
        long most = 500;
        for (int i = 0; i < 20; i++) {
            assertThat(waits.afterTry(AWAY).toMillis()).isBetween(most / 2, most);
            most = Math.min(4000, most * 2);
        }
    }

    @Test
    void steadyConnection_letsWaitsBeginAnew() {
        for (int i = 0; i < 8; i++) {
            waits.afterTry(AWAY);
        }
        assertThat(waits.afterConnection(AWAY, Duration.ofSeconds(31))).isBetween(millis(250), millis(500));
    }

    @Test
    void refusal_isNotTriedMoreThanOnceInFiveSeconds_norLessThanOnceInTen() {
        for (int i = 0; i < 50; i++) {
            assertThat(waits.afterTry(REFUSED)).isBetween(millis(5000), millis(10_000));
        }
    }

    @Test
    void takenOver_waitsAMinute() {
        assertThat(waits.afterConnection(TAKEN, Duration.ofHours(1))).isBetween(millis(65_000), millis(70_000));
    }

    @Test
    void shortConnections_thatNobodyExplains_areTakenForASecondClient() {
        for (int i = 1; i < BrokerWaits.MAX_SHORT; i++) {
            assertThat(waits.afterConnection(AWAY, Duration.ofSeconds(1))).isLessThanOrEqualTo(millis(4000));
            assertThat(waits.fights()).isFalse();
        }
        assertThat(waits.afterConnection(AWAY, Duration.ofSeconds(1))).isGreaterThanOrEqualTo(millis(60_000));
        assertThat(waits.fights()).isTrue();
        // Whoever waits comes back, and would be thrown out at once again.
        assertThat(waits.afterConnection(AWAY, Duration.ofSeconds(65))).isGreaterThanOrEqualTo(millis(60_000));
        assertThat(waits.afterConnection(AWAY, BrokerWaits.PEACE)).isLessThanOrEqualTo(millis(500));
        assertThat(waits.fights()).isFalse();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
