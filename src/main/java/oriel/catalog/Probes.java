package oriel.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.Seams;
import oriel.config.ProbeConfig;
import oriel.stream.LiveStream;
import oriel.stream.SourceKey;
import oriel.stream.SourceState;
import oriel.stream.StreamRegistry;

/**
 * Looks at intervals whether the owner's cameras that nobody watches are there, a few at a time and each at its own moment; never
 * by opening a stream. What is watched tells by itself how it is. Any thread.
 */
public final class Probes implements AutoCloseable {
    /** Cameras that are looked at together. */
    static final int MAX_AT_ONCE = 4;

    /** How long a camera may take. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** All cameras are looked at for the first time within this, or within the interval if that is shorter. */
    static final Duration FIRST_ROUND = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger("streams");
    private static final Duration LONG = Duration.ofHours(1);

    private final Catalog catalog;
    private final StreamRegistry streams;
    private final Set<String> schemes;
    private final Knock knock;
    private final Clock clock;
    private final RandomGenerator random;
    private final Executor threads;
    private final Alarm alarm;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile ProbeConfig config;
    private volatile boolean closed;

    // All below: guarded by this.
    private final Map<String, Long> due = new HashMap<>();
    private final Map<String, ProbeResult> results = new HashMap<>();
    private final Set<String> looking = new HashSet<>();

    /**
     * @param schemes of the addresses that {@code knock} can look at; others are left alone
     * @param threads gives the round and each look a thread, virtual outside of tests
     */
    public Probes(
            Catalog catalog,
            StreamRegistry streams,
            Set<String> schemes,
            Knock knock,
            ProbeConfig config,
            Seams seams,
            Executor threads) {
        this.catalog = catalog;
        this.streams = streams;
        this.schemes = Set.copyOf(schemes);
        this.knock = knock;
        this.config = config;
        this.clock = seams.clock();
        this.random = seams.random();
        this.threads = threads;
        this.alarm = clock.newAlarm();
    }

    /** Begins. To be called once. */
    public void start() {
        catalog.onCameras(alarm::ring);
        threads.execute(this::round);
    }

    /** From now on at this interval, and not these; what was known stays known. */
    public void configure(ProbeConfig now) {
        synchronized (this) {
            if (now.interval().compareTo(config.interval()) < 0) {
                due.clear();
            }
            config = now;
        }
        alarm.ring();
    }

    /** What the last look at this camera said; empty before the first, and for what cannot be looked at. */
    public synchronized Optional<ProbeResult> probe(String stream) {
        return Optional.ofNullable(results.get(stream));
    }

    /** Calls {@code listener} with the stream's name when its camera comes, goes, or fails in another way. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        alarm.ring();
    }

    private void round() {
        try {
            while (!closed) {
                alarm.awaitUntil(begin());
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    /** Begins the looks that are due, as far as there is room; returns when to come again. */
    private long begin() {
        List<CameraEntry> cameras = catalog.cameras();
        List<Look> looks = new ArrayList<>();
        long next = clock.nanoTime() + LONG.toNanos();
        synchronized (this) {
            Set<String> names = new HashSet<>();
            cameras.forEach(camera -> names.add(camera.name()));
            due.keySet().retainAll(names);
            results.keySet().retainAll(names);
            for (CameraEntry camera : cameras) {
                String name = camera.name();
                if (looking.contains(name) || config.off().contains(name) || !camera.enabled()) {
                    continue;
                }
                long at = due.computeIfAbsent(name, n -> clock.nanoTime() + within(firstRound()));
                boolean now = at - clock.nanoTime() <= 0;
                if (now && looking.size() < MAX_AT_ONCE) {
                    Optional<String> address = address(name);
                    due.put(name, clock.nanoTime() + jittered(config.interval()));
                    address.ifPresent(found -> {
                        looking.add(name);
                        looks.add(new Look(name, found));
                    });
                }
                // Whoever finds no room comes when a look ends, which rings.
                long then = due.getOrDefault(name, at);
                next = then - clock.nanoTime() > 0 && then - next < 0 ? then : next;
            }
        }
        looks.forEach(look -> threads.execute(look));
        return next;
    }

    private Duration firstRound() {
        return config.interval().compareTo(FIRST_ROUND) < 0 ? config.interval() : FIRST_ROUND;
    }

    /** Where to look, if the camera rests and can be looked at. */
    private Optional<String> address(String name) {
        Optional<LiveStream> stream = streams.find(name);
        if (stream.isEmpty() || streams.state(stream.get()) != SourceState.IDLE) {
            return Optional.empty();
        }
        return streams.connections(stream.get()).stream()
                .map(SourceKey::url)
                .filter(url -> schemes.contains(scheme(url)))
                .findFirst();
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private long within(Duration whole) {
        return random.nextLong(whole.toNanos());
    }

    // From nine tenths of the interval to the whole, so that cameras do not answer in step.
    private long jittered(Duration interval) {
        long tenth = interval.toNanos() / 10;
        return interval.toNanos() - random.nextLong(tenth);
    }

    private final class Look implements Runnable {
        private final String name;
        private final String address;

        Look(String name, String address) {
            this.name = name;
            this.address = address;
        }

        @Override
        public void run() {
            try {
                learned(name, knock.look(address, PATIENCE));
            } catch (InterruptedException e) {
                // Closing.
            } catch (RuntimeException e) {
                LOG.error("{}: our own mistake, while looking whether it is there", name, e);
            } finally {
                synchronized (Probes.this) {
                    looking.remove(name);
                }
                alarm.ring();
            }
        }
    }

    private void learned(String name, Optional<Failure> failure) {
        boolean news;
        synchronized (this) {
            Instant now = clock.now();
            Optional<ProbeResult> before = Optional.ofNullable(results.get(name));
            boolean flipped = before.isEmpty() || before.get().reachable() != failure.isEmpty();
            news = flipped || !code(before.get().failure()).equals(code(failure));
            Instant since = flipped ? now : before.get().since();
            long wait = due.getOrDefault(name, clock.nanoTime()) - clock.nanoTime();
            results.put(name, new ProbeResult(failure, since, now, now.plusNanos(Math.max(0, wait))));
        }
        if (news) {
            String text = failure.map(Failure::sentence).orElse("it answers");
            LOG.debug("{}: looked whether it is there: {}", name, text);
            listeners.forEach(listener -> listener.accept(name));
        }
    }

    private static String code(Optional<Failure> failure) {
        return failure.map(Failure::code).orElse("");
    }
}
