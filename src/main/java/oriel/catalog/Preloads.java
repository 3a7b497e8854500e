package oriel.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.config.GatewayConfig;
import oriel.media.MediaKind;
import oriel.state.StateFullException;
import oriel.state.StateStore;
import oriel.state.StreamSwitch;
import oriel.stream.Choice;
import oriel.stream.Hold;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.stream.TrackWish;

/**
 * Streams that stay connected although nobody watches, so that the first viewer has a picture at once. Asking for one
 * answers at once; the camera is reached a little later, each at its own moment. Remembered over a restart. Any thread.
 */
public final class Preloads {
    private static final Duration SPREAD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
    private static final List<TrackWish> ANY_PICTURE_AND_SOUND =
            List.of(new TrackWish(MediaKind.VIDEO, f -> true, true), new TrackWish(MediaKind.AUDIO, f -> true, true));

    private final StreamRegistry streams;
    private final StateStore state;
    private volatile Map<String, String> file;
    private final Clock clock;
    private final RandomGenerator random;
    private final Executor threads;
    private final Map<String, Keeping> running = new ConcurrentHashMap<>();

    /**
     * @param file what the configuration wants connected: name to query
     * @param threads gives each a thread, virtual outside of tests
     */
    public Preloads(StreamRegistry streams, StateStore state, Map<String, String> file, Seams seams, Executor threads) {
        this.streams = streams;
        this.state = state;
        this.file = new LinkedHashMap<>(file);
        this.clock = seams.clock();
        this.random = seams.random();
        this.threads = threads;
    }

    /** Connects what was asked for before. */
    public void start() {
        all().keySet().forEach(this::keep);
    }

    /** Takes other preloads for those of the configuration; what is kept connected either way notices nothing. */
    public synchronized void replaceFile(Map<String, String> now) {
        Map<String, String> before = file;
        file = new LinkedHashMap<>(now);
        for (String name : before.keySet()) {
            if (!all().containsKey(name)) {
                end(name);
            }
        }
        now.keySet().stream()
                .filter(name -> !before.containsKey(name) && all().containsKey(name))
                .forEach(this::keep);
    }

    /**
     * Keeps the stream of this name connected from now on, or lets it rest when nobody watches; remembered over a restart,
     * also against the configuration.
     */
    public synchronized void keep(String name, boolean on) throws CatalogException {
        try {
            state.set(name, StreamSwitch.RESTING, !on && file.containsKey(name));
        } catch (StateFullException e) {
            throw new CatalogException(CatalogException.Reason.FULL, "The switch does not fit: " + e.getMessage());
        }
        if (!on) {
            remove(name);
        } else if (file.containsKey(name)) {
            keep(name);
        } else {
            add(name, GatewayConfig.DEFAULT_PRELOAD);
        }
    }

    /** Whether the stream of this name is to stay connected. */
    public boolean keeps(String name) {
        return all().containsKey(name);
    }

    /** Name to query, such as {@code video&audio}. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(file);
        all.keySet().removeIf(name -> state.isSet(name, StreamSwitch.RESTING));
        all.putAll(state.preloads());
        return all;
    }

    /** Keeps the stream of this name connected from now on. */
    public void add(String name, String query) throws CatalogException {
        if (streams.find(name).isEmpty()) {
            throw new CatalogException(CatalogException.Reason.UNKNOWN, "stream not found");
        }
        try {
            state.putPreload(name, query);
        } catch (StateFullException e) {
            throw new CatalogException(
                    CatalogException.Reason.FULL, "No further preload fits: " + e.getMessage() + ".");
        }
        keep(name);
    }

    /** Lets the stream rest again when nobody watches; whether it was kept. */
    public boolean remove(String name) {
        boolean known = state.removePreload(name);
        return end(name) || known;
    }

    private boolean end(String name) {
        Keeping keeping = running.remove(name);
        if (keeping != null) {
            keeping.end();
        }
        return keeping != null;
    }

    /** Lets all rest. */
    public void close() {
        running.values().forEach(Keeping::end);
        running.clear();
    }

    private void keep(String name) {
        Keeping keeping = new Keeping(name);
        if (running.putIfAbsent(name, keeping) == null) {
            threads.execute(keeping::run);
        }
    }

    /** One stream that is kept: its first source whether it answers or not, and whatever else its tracks come from. */
    private final class Keeping {
        private final String name;
        private volatile boolean over;
        private volatile Optional<Thread> thread = Optional.empty();

        Keeping(String name) {
            this.name = name;
        }

        void end() {
            over = true;
            thread.ifPresent(Thread::interrupt);
        }

        void run() {
            thread = Optional.of(Thread.currentThread());
            try {
                clock.sleep(Duration.ofNanos(random.nextLong(SPREAD.toNanos())));
                while (!over) {
                    watch();
                }
            } catch (InterruptedException e) {
                // Ended: what is held is let go on the way out.
            }
        }

        // Holds until the stream is another one; a stream that is not there yet may come.
        private void watch() throws InterruptedException {
            Optional<LiveStream> found = streams.find(name);
            if (found.isEmpty() || found.get().disabled()) {
                clock.sleep(BETWEEN_LOOKS);
                return;
            }
            LiveStream stream = found.get();
            int revision = stream.revision();
            Optional<Hold> first = streams.holdFirst(stream);
            try (Choice choice = streams.choose(stream, ANY_PICTURE_AND_SOUND, PATIENCE)) {
                boolean whole = choice.failures().isEmpty();
                do {
                    clock.sleep(BETWEEN_LOOKS);
                } while (!over && whole && same(stream, revision));
            } finally {
                first.ifPresent(Hold::close);
            }
        }

        private boolean same(LiveStream stream, int revision) {
            return streams.find(name).filter(now -> now == stream).isPresent() && stream.revision() == revision;
        }
    }
}
