package oriel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.state.StateStore;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(30)
class PreloadsTest {
    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new SplittableRandom(5), Resolver.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamRegistry streams = new StreamRegistry(seams, ManualLoop::new, threads);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile String turned = "cam:one";

    /** {@code cam:x} runs until nobody wants it, {@code turn:} points where {@link #turned} says. */
    private final class Cameras implements SourceFactory {
        @Override
        public Set<String> schemes() {
            return Set.of("cam", "turn");
        }

        @Override
        public SourceHint hint(String source) {
            return source.startsWith("turn:") ? new SourceHint.Follow(turned) : new SourceHint.Dial();
        }

        @Override
        public SourceKey key(String source) {
            return new SourceKey(source);
        }

        @Override
        public Source create(SourceKey key) {
            return session -> {
                running.add(key.url());
                try {
                    new CountDownLatch(1).await();
                } finally {
                    running.remove(key.url());
                }
            };
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        streams.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitRunning(String camera) {
        while (!running.equals(Set.of(camera))) {
            clock.advance(Duration.ofMillis(100));
            Thread.onSpinWait();
        }
    }

    @Test
    void keep_off_winsOverTheConfiguration_alsoAfterARestart() throws Exception {
        streams.register(new Cameras());
        streams.put("door", List.of("cam:one"));
        Map<String, String> file = Map.of("door", "video");
        Preloads preloads = new Preloads(streams, StateStore.open(folder, Seams.system()), file, seams, threads);
        preloads.start();
        awaitRunning("cam:one");
        assertThat(preloads.keeps("door")).isTrue();
        preloads.keep("door", false);
        assertThat(preloads.keeps("door")).isFalse();
        preloads.close();

        Preloads later = new Preloads(streams, StateStore.open(folder, Seams.system()), file, seams, threads);
        assertThat(later.all()).isEmpty();
        later.keep("door", true);
        assertThat(later.all()).containsEntry("door", "video");
        later.close();
    }

    @Test
    void keep_on_isRememberedOverARestart_andEnds() throws Exception {
        streams.register(new Cameras());
        streams.put("door", List.of("cam:one"));
        Preloads preloads = new Preloads(streams, StateStore.open(folder, Seams.system()), Map.of(), seams, threads);
        preloads.keep("door", true);
        awaitRunning("cam:one");
        preloads.close();

        Preloads later = new Preloads(streams, StateStore.open(folder, Seams.system()), Map.of(), seams, threads);
        assertThat(later.all()).containsEntry("door", "video&audio");
        later.keep("door", false);
        assertThat(later.all()).isEmpty();
        assertThat(StateStore.open(folder, Seams.system()).preloads()).isEmpty();
        later.close();
    }

    @Test
    void aSourceThatPointsElsewhereNow_isKeptConnectedThere() throws Exception {
        streams.register(new Cameras());
        streams.put("door", List.of("turn:x"));
        Preloads preloads = new Preloads(streams, StateStore.open(folder, Seams.system()), Map.of(), seams, threads);
        preloads.add("door", "video&audio");
        awaitRunning("cam:one");
        turned = "cam:two";
        streams.resolveAgain();
        awaitRunning("cam:two");
        preloads.close();
    }
}
