package oriel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Failure;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.config.ProbeConfig;
import oriel.state.StateStore;
import oriel.stream.Hold;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;
import oriel.stream.SourceState;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(30)
class ProbesTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new SplittableRandom(5), Resolver.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamRegistry streams = new StreamRegistry(seams, ManualLoop::new, threads);
    private final LinkedBlockingQueue<String> looks = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile Optional<Failure> answer = Optional.empty();
    private Optional<Probes> probes = Optional.empty();
    private Optional<Catalog> catalog = Optional.empty();

    /** {@code rtsp://} runs until nobody wants it, {@code demo:} too, {@code turn:} points at a camera. */
    private final class Cameras implements SourceFactory {
        @Override
        public Set<String> schemes() {
            return Set.of("rtsp", "demo", "turn");
        }

        @Override
        public SourceHint hint(String source) {
            return source.startsWith("turn:") ? new SourceHint.Follow("rtsp://h/turned") : new SourceHint.Dial();
        }

        @Override
        public SourceKey key(String source) {
            return new SourceKey(source);
        }

        @Override
        public Source create(SourceKey key) {
            return session -> {
                opened.incrementAndGet();
                new CountDownLatch(1).await();
            };
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        probes.ifPresent(Probes::close);
        streams.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Probes start(String yaml, Set<String> off, Knock knock) throws Exception {
        streams.register(new Cameras());
        LoadedConfig loaded = new ConfigLoader(folder, Map.of()).load(List.of("{" + yaml + "}"));
        Catalog made = new Catalog(streams, StateStore.open(folder, Seams.system()), loaded, Optional.of("demo:"));
        made.start();
        catalog = Optional.of(made);
        Probes made2 = new Probes(made, streams, Set.of("rtsp"), knock, new ProbeConfig(MINUTE, off), seams, threads);
        probes = Optional.of(made2);
        made2.start();
        clock.awaitWaiting(1);
        return made2;
    }

    private Probes start(String yaml, String... off) throws Exception {
        return start(yaml, Set.of(off), (address, patience) -> {
            looks.add(address);
            return answer;
        });
    }

    private String nextLook() throws InterruptedException {
        String look = looks.poll(10, TimeUnit.SECONDS);
        if (look == null) {
            throw new AssertionError("nobody is looked at");
        }
        return look;
    }

    /** Moves on, and waits until nothing more happens because of it. */
    private void advance(Duration duration) throws InterruptedException {
        clock.advance(duration);
        clock.awaitWaiting(1);
    }

    private ProbeResult awaitResult(Probes asked, String name, boolean reachable) {
        while (true) {
            Optional<ProbeResult> result = asked.probe(name);
            if (result.isPresent() && result.get().reachable() == reachable) {
                return result.get();
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void idleCamera_isLookedAtEachInterval_andNeverOpened() throws Exception {
        Probes started = start("streams: {door: rtsp://h/d}");
        assertThat(looks).isEmpty();
        advance(Probes.FIRST_ROUND);
        assertThat(nextLook()).isEqualTo("rtsp://h/d");
        ProbeResult first = awaitResult(started, "door", true);
        assertThat(Duration.between(first.at(), first.nextTry())).isBetween(Duration.ofSeconds(54), MINUTE);
        for (int i = 0; i < 5; i++) {
            advance(Duration.ofSeconds(53));
            assertThat(looks).isEmpty();
            advance(Duration.ofSeconds(7));
            nextLook();
            awaitNextRound();
        }
        assertThat(opened).hasValue(0);
    }

    // The next round counts from the look, which its thread has to have taken note of.
    private void awaitNextRound() {
        while (clock.waits().stream().noneMatch(w -> w.compareTo(Duration.ofSeconds(53)) > 0)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void offNames_demoAliasesDisabledAndAdded_areNotLookedAt() throws Exception {
        start("streams: {door: rtsp://h/d, battery: rtsp://h/b, shed: false, other: 'demo:'}", "battery");
        Catalog around = catalog.orElseThrow();
        around.add("added", List.of("rtsp://h/added"));
        around.imported(List.of(new ImportedCamera(
                "a", "Yard", List.of("rtsp://h/y"), Map.of("camera.yard", List.of("rtsp://h/alias")))));
        around.enable("Yard", false);
        for (int i = 0; i < 10; i++) {
            advance(Duration.ofSeconds(60));
            assertThat(nextLook()).isEqualTo("rtsp://h/d");
            awaitNextRound();
        }
        assertThat(looks).isEmpty();
    }

    @Test
    void cameraBehindASourceThatPointsElsewhere_isLookedAt() throws Exception {
        start("streams: {door: 'turn:x'}");
        advance(Probes.FIRST_ROUND);
        assertThat(nextLook()).isEqualTo("rtsp://h/turned");
    }

    @Test
    void watchedCamera_isLeftAlone() throws Exception {
        Probes started = start("streams: {door: rtsp://h/d}");
        try (Hold hold = streams.holdFirst(streams.find("door").orElseThrow()).orElseThrow()) {
            while (streams.state(streams.find("door").orElseThrow()) == SourceState.IDLE) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 4; i++) {
                advance(MINUTE);
                awaitNextRound();
            }
            assertThat(looks).isEmpty();
            assertThat(started.probe("door")).isEmpty();
        }
    }

    @Test
    void change_isToldOnce_andSinceStays() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        Probes started = start("streams: {door: rtsp://h/d}");
        started.onChange(told::add);
        advance(Probes.FIRST_ROUND);
        nextLook();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("door");
        awaitNextRound();
        answer = Optional.of(new Failure.Refused("h", 554));
        advance(MINUTE);
        nextLook();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("door");
        ProbeResult gone = awaitResult(started, "door", false);
        assertThat(gone.failure()).contains(new Failure.Refused("h", 554));
        awaitNextRound();
        advance(MINUTE);
        nextLook();
        awaitNextRound();
        while (started.probe("door").orElseThrow().at().equals(gone.at())) {
            Thread.onSpinWait();
        }
        assertThat(started.probe("door").orElseThrow().since()).isEqualTo(gone.since());
        assertThat(told).isEmpty();
    }

    @Test
    void manyCameras_areLookedAtFourAtATime_andSlowOnesDoNotHoldTheOthersUp() throws Exception {
        Semaphore slow = new Semaphore(0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StringBuilder yaml = new StringBuilder("streams: {");
        for (int i = 0; i < 30; i++) {
            yaml.append("c").append(i).append(": rtsp://h/").append(i).append(", ");
        }
        start(yaml + "}", Set.of(), (address, patience) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            looks.add(address);
            slow.acquire();
            now.decrementAndGet();
            return Optional.empty();
        });
        advance(Probes.FIRST_ROUND);
        for (int i = 0; i < 4; i++) {
            nextLook();
        }
        assertThat(looks).isEmpty();
        slow.release(30);
        for (int i = 4; i < 30; i++) {
            nextLook();
        }
        assertThat(most).hasValue(Probes.MAX_AT_ONCE);
    }

    @Test
    void configure_takesNamesOut_andWhatWasKnownStays() throws Exception {
        Probes started = start("streams: {door: rtsp://h/d}");
        advance(Probes.FIRST_ROUND);
        nextLook();
        awaitResult(started, "door", true);
        started.configure(new ProbeConfig(Duration.ofSeconds(10), Set.of("door")));
        for (int i = 0; i < 5; i++) {
            advance(MINUTE);
        }
        assertThat(looks).isEmpty();
        assertThat(started.probe("door")).isPresent();
    }
}
