package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.base.Failure;

class LivenessTest {
    private static long s(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static Optional<String> code(Liveness liveness, double at) {
        return liveness.check(s(at)).map(Failure::code);
    }

    @Test
    void nothingComes_isSilentAfterFiveSeconds() {
        Liveness liveness = new Liveness(true, s(0));
        assertThat(liveness.check(s(4.99))).isEmpty();
        assertThat(liveness.check(s(5))).contains(new Failure.Silent(Duration.ofSeconds(5)));
    }

    @Test
    void soundWithoutPicture_isAudioOnly() {
        Liveness liveness = new Liveness(true, s(0));
        for (double t = 0.1; t < 5; t += 0.02) {
            liveness.packet(false, s(t));
        }
        assertThat(code(liveness, 4.99)).isEmpty();
        assertThat(code(liveness, 5.0)).contains("audio-only");
    }

    @Test
    void soundAlone_keepsASourceWithoutPictureAlive() {
        Liveness liveness = new Liveness(false, s(0));
        liveness.packet(false, s(4));
        assertThat(code(liveness, 8.9)).isEmpty();
        assertThat(code(liveness, 16.1)).contains("silent");
    }

    @Test
    void aCameraWithLongGaps_getsThreeTimesTheLongest() {
        Liveness liveness = new Liveness(true, s(0));
        liveness.packet(true, s(4));
        liveness.packet(true, s(4.1));
        assertThat(code(liveness, 16.0)).isEmpty();
        assertThat(code(liveness, 16.2)).contains("silent");
    }

    @Test
    void patienceEndsAtThirtySeconds() {
        Liveness liveness = new Liveness(true, s(0));
        liveness.packet(true, s(29));
        assertThat(code(liveness, 58.9)).isEmpty();
        assertThat(code(liveness, 59.0)).contains("silent");
    }
}
