package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a clock of its own. */
class JoinPaceTest {
    private static final long MILLI = 1_000_000;
    private static final long BEGIN = -5 * MILLI; // clocks may start anywhere

    private static int admitted(JoinPace pace, long nowNanos, int asked) {
        int count = 0;
        for (int i = 0; i < asked; i++) {
            count += pace.admits(nowNanos) ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 100", "2, 10, 200", "4, 2, 2000"})
    void joinsAtOnce_areAsManyAsASecondIsGoodFor(int cores, long costMillis, int most) {
        JoinPace pace = new JoinPace(cores);
        pace.costs(Duration.ofMillis(costMillis));
        assertThat(pace.most()).isEqualTo(most);
        assertThat(admitted(pace, BEGIN, 5000)).isEqualTo(most);
    }

    @Test
    void room_comesBackAsTheMachineWorks_andNeverBeyondASecond() {
        JoinPace pace = new JoinPace(2);
        pace.costs(Duration.ofMillis(10));
        assertThat(admitted(pace, BEGIN, 1000)).isEqualTo(200);
        assertThat(admitted(pace, BEGIN, 1)).isZero();
        assertThat(admitted(pace, BEGIN + 50 * MILLI, 1000)).isEqualTo(10);
        assertThat(admitted(pace, BEGIN + 55 * MILLI, 1000)).isEqualTo(1);
        assertThat(admitted(pace, BEGIN + 3_600_000 * MILLI, 1000)).isEqualTo(200);
    }

    @Test
    void steadyJoins_atThePace_areAllTaken_andFasterOnesAtThePace() {
        JoinPace pace = new JoinPace(1);
        pace.costs(Duration.ofMillis(10));
        int taken = 0;
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 400; i++) {
                taken += pace.admits(BEGIN + second * 1000 * MILLI + i * 1000 * MILLI / 400) ? 1 : 0;
            }
        }
        assertThat(taken).isBetween(6000, 6100);
    }

    @Test
    void slowMachine_stillTakesAWallOfCameras() {
        JoinPace pace = new JoinPace(1);
        pace.costs(Duration.ofSeconds(9));
        assertThat(admitted(pace, BEGIN, 1000)).isEqualTo(JoinPace.LEAST);
    }

    @Test
    void beforeAnythingIsMeasured_nobodyIsRefused() {
        assertThat(admitted(new JoinPace(1), BEGIN, 10_000)).isEqualTo(10_000);
    }

    @Test
    void clockThatStandsOrRunsBack_givesNothing() {
        JoinPace pace = new JoinPace(1);
        pace.costs(Duration.ofMillis(100));
        assertThat(admitted(pace, BEGIN, 100)).isEqualTo(32);
        assertThat(admitted(pace, BEGIN - 1000 * MILLI, 100)).isZero();
    }
}
