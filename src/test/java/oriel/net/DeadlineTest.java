package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.VirtualClock;

@Timeout(30)
class DeadlineTest {
    private final VirtualClock clock = new VirtualClock();
    private final Deadline deadline = Deadline.in(clock, Duration.ofSeconds(5));

    @Test
    void await_futureThatIsDone_givesItEvenAfterTheDeadline() throws Exception {
        clock.advance(Duration.ofSeconds(6));

        assertThat(deadline.await(CompletableFuture.completedFuture(1))).isEqualTo(1);
    }

    @Test
    void await_futureThatFails_throwsItsCause() {
        assertThatThrownBy(() -> deadline.await(CompletableFuture.failedFuture(new IllegalStateException("x"))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void await_futureCompletedByAnother_wakes() throws Exception {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> future.complete(2));

        assertThat(deadline.await(future)).isEqualTo(2);
    }

    @Test
    void await_nothing_throwsAtTheDeadline() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                deadline.await(new CompletableFuture<Integer>());
            } catch (ExecutionException | TimeoutException | InterruptedException e) {
                thrown.complete(e);
            }
        });
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(5));

        assertThat(thrown.get()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void atMost_givesTheEarlierMoment() {
        assertThat(deadline.atMost(Duration.ofSeconds(9))).isEqualTo(deadline);
        assertThat(deadline.atMost(Duration.ofSeconds(1)).left()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(7));
        assertThat(deadline.left()).isZero();
        assertThat(deadline.passed()).isTrue();
    }
}
