package oriel.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.MediaLoop;

/**
 * Which streams there are, and the one connection behind each {@link SourceKey}. The door to the hub: others put streams
 * here, and ask here for the tracks of one. Any thread; nothing is dialled under its monitor.
 */
public final class StreamRegistry implements AutoCloseable {
    /** Streams at once; a further one is refused. */
    public static final int MAX_STREAMS = 2000;

    /** Sources of one stream. */
    public static final int MAX_SOURCES = 16;

    private static final int MAX_HOPS = 4;

    private final Drops drops = new Drops();
    private final SourceSetting setting;
    private final Supplier<? extends MediaLoop> homes;
    private final Map<String, SourceFactory> factories = new HashMap<>(); // guarded by this, as are those below
    private final Map<String, LiveStream> streams = new LinkedHashMap<>();
    private final Map<SourceKey, LiveSource> sources = new HashMap<>();
    private UnaryOperator<String> opening = UnaryOperator.identity();

    /**
     * @param homes gives each new source its home loop
     * @param scripts runs each source's script on a thread of its own, virtual outside of tests
     */
    public StreamRegistry(Seams seams, Supplier<? extends MediaLoop> homes, Executor scripts) {
        this.setting = new SourceSetting(seams, GopBudget.ofHeap(), drops, scripts);
        this.homes = homes;
    }

    /** What all sources threw away together, and what the hub refused. */
    public Drops drops() {
        return drops;
    }

    /** The bounds of the hub. */
    public List<Limit> limits() {
        GopBudget budget = setting.budget();
        return List.of(
                Limit.of("streams.count", MAX_STREAMS, "streams", "A further one is refused in words.")
                        .filledBy(() -> all().size())
                        .countedBy(drops, "streams-full"),
                Limit.of("streams.sources", MAX_SOURCES, "sources of one stream", "The stream is refused in words.")
                        .countedBy(drops, "sources-full"),
                Limit.of(
                                "streams.group-cache",
                                budget.maxBytes(),
                                "bytes of all cached groups of pictures, 16 MiB a track at most",
                                "Of that group only the key frame is kept: a new viewer sees it and waits for the next.")
                        .filledBy(budget::used)
                        .countedBy(drops, "gop-full"),
                Limit.of(
                                "streams.loop-ring",
                                LoopFanout.RING_BURSTS,
                                "bursts of one source on their way to one loop",
                                "The viewers on that loop skip to the next key frame; the other loops notice nothing.")
                        .countedBy(drops, "loop-full"));
    }

    /** Brings in a kind of source. */
    public synchronized void register(SourceFactory factory) {
        factory.schemes().forEach(scheme -> factories.put(scheme, factory));
    }

    /**
     * Says what else is known of addresses: which options {@code opening} adds, as {@code #key=value}, to one that is opened.
     * The address itself is shown as it was written. Must answer at once; whoever changes its mind calls {@link
     * #resolveAgain}.
     */
    public synchronized void openBy(UnaryOperator<String> opening) {
        this.opening = opening;
    }

    /** The schemes of all kinds of source. */
    public synchronized Set<String> schemes() {
        return Set.copyOf(factories.keySet());
    }

    /**
     * Makes {@code name} a stream of {@code texts}, or changes it. Equal texts change nothing for its viewers; viewers of a
     * source that is no longer there are told so.
     *
     * @throws IllegalStateException if there are too many streams
     * @throws IllegalArgumentException if there are too many sources
     */
    public synchronized LiveStream put(String name, List<String> texts) {
        LiveStream known = streams.get(name);
        if (known != null && !known.disabled() && known.sourceTexts().equals(texts)) {
            return known;
        }
        if (known == null && streams.size() >= MAX_STREAMS) {
            drops.count("streams-full");
            throw new IllegalStateException("there are " + MAX_STREAMS + " streams already; delete one first");
        }
        List<StreamSource> resolved = resolve(name, texts);
        LiveStream stream = known != null && !known.disabled() ? known : new LiveStream(name, false, List.of());
        streams.put(name, stream);
        stream.replaceSources(resolved);
        forgetUnused();
        return stream;
    }

    /**
     * Looks anew where each source leads, after a kind of source that points elsewhere points to other places now. Streams
     * whose sources lead where they led notice nothing.
     */
    public synchronized void resolveAgain() {
        for (LiveStream stream : streams.values()) {
            List<StreamSource> now = resolve(stream.name(), stream.sourceTexts());
            if (!now.equals(stream.sources())) {
                stream.replaceSources(now);
            }
        }
        forgetUnused();
    }

    /** Makes {@code name} a stream that its owner switched off. */
    public synchronized LiveStream putDisabled(String name) {
        LiveStream stream = new LiveStream(name, true, List.of());
        LiveStream known = streams.put(name, stream);
        if (known != null) {
            known.endAll(EndReason.REMOVED);
        }
        forgetUnused();
        return stream;
    }

    /** Takes the stream away, if it is there, and ends its viewers. */
    public synchronized boolean remove(String name) {
        LiveStream gone = streams.remove(name);
        if (gone == null) {
            return false;
        }
        gone.endAll(EndReason.REMOVED);
        forgetUnused();
        return true;
    }

    /** The stream of this name. */
    public synchronized Optional<LiveStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** All streams, in the order they came. */
    public synchronized List<LiveStream> all() {
        return List.copyOf(streams.values());
    }

    /**
     * Chooses tracks of {@code stream} for a viewer; connects sources as needed. Blocks its virtual thread until the
     * cameras have answered, at most until the deadline.
     *
     * @param patience how long to wait for cameras in all
     * @return what fits; the caller closes it or subscribes with it
     */
    public Choice choose(LiveStream stream, List<TrackWish> wishes, Duration patience) throws InterruptedException {
        long deadline = setting.seams().clock().nanoTime() + patience.toNanos();
        return new TrackChooser(wishes, deadline).choose(follow(stream));
    }

    /**
     * Why nothing can come of a source, as far as its address alone tells; empty if it is worth a try. Dials nothing.
     *
     * @param isStream whether a name is that of a stream
     */
    public Optional<Failure> whyNot(String text, Predicate<String> isStream) {
        return whyNot(text, isStream, 0);
    }

    private synchronized Optional<Failure> whyNot(String text, Predicate<String> isStream, int hops) {
        SourceFactory factory = factories.get(scheme(text));
        if (factory == null) {
            return isStream.test(text) ? Optional.empty() : Optional.of(notSpoken(text));
        }
        return switch (factory.hint(text)) {
            case SourceHint.Dial d -> unreadable(factory, text);
            case SourceHint.Only o -> unreadable(factory, text);
            case SourceHint.Nothing(Failure why) -> Optional.of(why);
            case SourceHint.Follow(String other) ->
                hops < MAX_HOPS ? whyNot(other, isStream, hops + 1) : Optional.empty();
        };
    }

    private static Optional<Failure> unreadable(SourceFactory factory, String text) {
        try {
            factory.key(text);
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    /** Keeps the first source of {@code stream} that can be connected to running, whether or not it answers. */
    public Optional<Hold> holdFirst(LiveStream stream) {
        return follow(stream).stream()
                .flatMap(source -> source.live().stream())
                .findFirst()
                .map(LiveSource::hold);
    }

    /** Connects the sources of {@code stream} anew; viewers stay where the tracks do. One that rests goes on resting. */
    public void restart(LiveStream stream) {
        follow(stream).forEach(source -> source.live().ifPresent(LiveSource::restart));
    }

    /** The connections that {@code stream} may use, in order, through sources that only point elsewhere; none is opened. */
    public List<SourceKey> connections(LiveStream stream) {
        return follow(stream).stream()
                .flatMap(source -> source.live().stream())
                .map(LiveSource::key)
                .toList();
    }

    /** How {@code stream} is: the best of its sources, looking through sources that only point elsewhere. */
    public SourceState state(LiveStream stream) {
        if (stream.disabled()) {
            return SourceState.OFF;
        }
        return follow(stream).stream()
                .flatMap(source -> source.live().stream())
                .map(live -> live.status().state())
                .max(Comparator.comparingInt(SourceState::rank))
                .orElse(SourceState.IDLE);
    }

    /** Ends every viewer and connection. */
    @Override
    public synchronized void close() {
        streams.values().forEach(stream -> stream.endAll(EndReason.STOPPED));
        sources.values().forEach(source -> source.shut(EndReason.STOPPED));
        streams.clear();
        sources.clear();
    }

    private List<StreamSource> resolve(String name, List<String> texts) {
        if (texts.size() > MAX_SOURCES) {
            drops.count("sources-full");
            throw new IllegalArgumentException(
                    "the stream has " + texts.size() + " sources; at most " + MAX_SOURCES + " are possible");
        }
        List<StreamSource> resolved = new ArrayList<>();
        for (String text : texts) {
            resolved.add(resolve(name, text, 0));
        }
        return resolved;
    }

    private StreamSource resolve(String name, String text, int hops) {
        SourceFactory factory = factories.get(scheme(text));
        if (factory == null) {
            return streams.containsKey(text)
                    ? new StreamSource(text, new SourceHint.Follow(text), Optional.empty())
                    : nothing(text, notSpoken(text));
        }
        SourceHint hint = factory.hint(text);
        return switch (hint) {
            case SourceHint.Dial d -> dialled(name, text, factory, hint);
            case SourceHint.Only o -> dialled(name, text, factory, hint);
            case SourceHint.Nothing n -> new StreamSource(text, hint, Optional.empty());
            case SourceHint.Follow follow -> {
                if (hops >= MAX_HOPS) {
                    yield nothing(text, new Failure.Unsupported("This source points from one to the next in a ring."));
                }
                boolean points = factories.containsKey(scheme(follow.source()));
                if (!points) {
                    yield new StreamSource(text, hint, Optional.empty()); // The name of a stream, looked up when asked.
                }
                StreamSource end = resolve(name, follow.source(), hops + 1);
                yield new StreamSource(text, end.hint(), end.live());
            }
        };
    }

    private Failure notSpoken(String text) {
        List<String> spoken = factories.keySet().stream().sorted().toList();
        return new Failure.Unsupported("This version of Oriel does not speak " + kind(text) + ". It speaks "
                + String.join(", ", spoken) + ".");
    }

    private StreamSource dialled(String name, String text, SourceFactory factory, SourceHint hint) {
        try {
            SourceKey key = factory.key(opening.apply(text));
            LiveSource live = sources.computeIfAbsent(key, k -> {
                LiveSource made = new LiveSource(k, setting, factory.create(k), homes.get(), factory.linger());
                made.name(name);
                return made;
            });
            return new StreamSource(text, hint, Optional.of(live));
        } catch (FailureException e) {
            return nothing(text, e.failure());
        }
    }

    private static StreamSource nothing(String text, Failure why) {
        return new StreamSource(text, new SourceHint.Nothing(why), Optional.empty());
    }

    // The sources of a stream, those that name another stream replaced by that stream's, each once.
    private synchronized List<StreamSource> follow(LiveStream stream) {
        List<StreamSource> found = new ArrayList<>();
        follow(stream, new LinkedHashSet<>(), found);
        return found;
    }

    private void follow(LiveStream stream, Set<String> visited, List<StreamSource> found) {
        if (visited.size() > MAX_HOPS || !visited.add(stream.name())) {
            return;
        }
        for (StreamSource source : stream.sources()) {
            if (source.hint() instanceof SourceHint.Follow(String other)) {
                LiveStream next = streams.get(other);
                if (next != null) {
                    follow(next, visited, found);
                }
            } else {
                found.add(source);
            }
        }
    }

    private void forgetUnused() {
        Set<LiveSource> used = new LinkedHashSet<>();
        streams.values()
                .forEach(stream ->
                        stream.sources().forEach(source -> source.live().ifPresent(used::add)));
        sources.values().removeIf(source -> {
            boolean unused = !used.contains(source);
            if (unused) {
                source.shut(EndReason.REMOVED);
            }
            return unused;
        });
    }

    private static String scheme(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static String kind(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? "a source without a scheme" : text.substring(0, colon) + ":";
    }
}
