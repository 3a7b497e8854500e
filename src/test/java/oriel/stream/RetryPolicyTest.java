package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import oriel.base.Failure;

class RetryPolicyTest {
    private static final Failure TIMEOUT = new Failure.Timeout("cam", Duration.ofSeconds(5));
    private static final Failure REFUSED_LOGIN = new Failure.Unauthorized("admin");

    private final RetryPolicy policy = new RetryPolicy(new SplittableRandom(7));

    @Test
    void waits_doubleFromOneSecondToFifteen_eachBetweenHalfAndWhole() {
        for (long whole : new long[] {1, 2, 4, 8, 15, 15, 15}) {
            assertThat(policy.waitAfter(TIMEOUT, Duration.ZERO))
                    .isBetween(Duration.ofMillis(whole * 500), Duration.ofSeconds(whole));
        }
    }

    @Test
    void waits_areSpreadOverTheWholeHalf() {
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            policy.reset();
            Duration wait = policy.waitAfter(TIMEOUT, Duration.ZERO);
            least = least.compareTo(wait) < 0 ? least : wait;
            most = most.compareTo(wait) > 0 ? most : wait;
        }
        assertThat(least).isLessThan(Duration.ofMillis(510));
        assertThat(most).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void aMinuteOfFrames_beginsAnew() {
        policy.waitAfter(TIMEOUT, Duration.ZERO);
        policy.waitAfter(TIMEOUT, Duration.ZERO);
        policy.waitAfter(TIMEOUT, Duration.ofSeconds(59));
        assertThat(policy.waitAfter(TIMEOUT, Duration.ofSeconds(60))).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusedLogin_waitsFifteenSecondsDoublingToFiveMinutes() {
        policy.waitAfter(TIMEOUT, Duration.ZERO);
        for (long whole : new long[] {15, 30, 60, 120, 240, 300, 300}) {
            assertThat(policy.waitAfter(REFUSED_LOGIN, Duration.ZERO))
                    .isBetween(Duration.ofMillis(whole * 500), Duration.ofSeconds(whole));
            assertThat(policy.loginAtRisk()).isTrue();
        }
        assertThat(policy.waitAfter(TIMEOUT, Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(policy.loginAtRisk()).isFalse();
    }
}
