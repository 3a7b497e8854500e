package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Gives each task a virtual thread, and can tell whether all have ended. */
final class TrackedThreads implements Executor {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public void execute(Runnable task) {
        threads.add(Thread.ofVirtual().start(task));
    }

    /** Waits for the end of each thread, at most 10 s. */
    void assertAllEnded() throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10)))
                    .as("a DTLS thread still runs")
                    .isTrue();
        }
    }
}
