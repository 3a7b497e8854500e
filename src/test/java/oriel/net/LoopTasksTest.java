package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.metrics.Limit;

@Timeout(60)
class LoopTasksTest {
    @Test
    void loopThatHangs_takesSoManyTasks_refusesAndCountsTheRest_andGoesOn() throws Exception {
        try (MediaLoops loops = MediaLoops.open(1)) {
            NettyLoop loop = loops.all().getFirst();
            CountDownLatch release = new CountDownLatch(1);
            CompletableFuture<Void> held = new CompletableFuture<>();
            loop.execute(() -> {
                held.complete(null);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            held.join();
            for (int i = 0; i < MediaLoops.MAX_PENDING_TASKS; i++) {
                loop.execute(() -> {});
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            }
            Limit limit = loops.limits().getFirst();
            assertThat(limit.bound()).isEqualTo(MediaLoops.MAX_PENDING_TASKS);
            assertThat(limit.counts()).containsExactly(Map.entry("loop-tasks-full", 3L));

            release.countDown();
            CompletableFuture<Void> last = new CompletableFuture<>();
            while (!last.isDone()) {
                try {
                    loop.execute(() -> last.complete(null));
                } catch (RejectedExecutionException e) {
                    Thread.onSpinWait(); // Not drained yet.
                }
            }
            last.join();
        }
    }
}
