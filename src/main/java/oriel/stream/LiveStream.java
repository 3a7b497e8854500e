package oriel.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import oriel.net.MediaLoop;

/**
 * A name for pictures and sounds: an ordered list of sources from which each viewer gets the tracks that fit. Carries no
 * packet itself. Any thread.
 */
public final class LiveStream {
    /** Viewers of one stream at once; a further one is refused. */
    public static final int MAX_VIEWERS = 4096;

    private final String name;
    private final boolean disabled;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile List<StreamSource> sources;
    private volatile String note = "";
    private final AtomicInteger revision = new AtomicInteger();

    LiveStream(String name, boolean disabled, List<StreamSource> sources) {
        this.name = name;
        this.disabled = disabled;
        this.sources = List.copyOf(sources);
    }

    public String name() {
        return name;
    }

    /** Whether its owner switched it off. */
    public boolean disabled() {
        return disabled;
    }

    /** Why the last viewer got nothing, a sentence; or empty. */
    public String note() {
        return note;
    }

    /** An output says why a viewer got nothing. */
    public void note(String sentence) {
        note = sentence;
    }

    /** The sources as their owner wrote them. */
    public List<String> sourceTexts() {
        return sources.stream().map(StreamSource::text).toList();
    }

    /** Another number after each change of the sources, or of where they lead. */
    public int revision() {
        return revision.get();
    }

    List<StreamSource> sources() {
        return sources;
    }

    /** Takes other sources; viewers who watch one that is no longer among them are told so. */
    void replaceSources(List<StreamSource> changed) {
        sources = List.copyOf(changed);
        revision.incrementAndGet();
        note = "";
        Set<LiveSource> left =
                changed.stream().flatMap(source -> source.live().stream()).collect(Collectors.toSet());
        subscriptions.stream()
                .filter(subscription -> !subscription.uses(left))
                .forEach(subscription -> subscription.end(EndReason.CHANGED));
    }

    /** Each source as written, with how it is; a source that only points elsewhere has the state of what it points at. */
    public List<ProducerStatus> producers() {
        return sources.stream()
                .map(source -> new ProducerStatus(source.text(), source.live().map(LiveSource::status), source.hint()))
                .toList();
    }

    /** Who watches. */
    public List<ConsumerStatus> consumers() {
        return subscriptions.stream().map(Subscription::status).toList();
    }

    /** Tries now each source that waits, because a person said so. */
    public void tryNow() {
        sources.forEach(source -> source.live().ifPresent(LiveSource::tryNow));
    }

    /**
     * Feeds {@code sink}, on {@code loop}, what {@code choice} chose; takes the choice over. The subscription ends with
     * its {@link Subscription#close}, or from our side by {@link Sink#onEnd}.
     *
     * @throws IllegalStateException if {@value #MAX_VIEWERS} watch already
     */
    public Subscription subscribe(Choice choice, MediaLoop loop, Sink sink, Consumer consumer) {
        if (subscriptions.size() >= MAX_VIEWERS) {
            choice.close();
            throw new IllegalStateException("the stream " + name + " has " + MAX_VIEWERS + " viewers; no more fit");
        }
        Subscription subscription = new Subscription(choice, loop, sink, consumer, subscriptions::remove);
        subscriptions.add(subscription);
        note = "";
        subscription.begin();
        return subscription;
    }

    void endAll(EndReason reason) {
        subscriptions.forEach(subscription -> subscription.end(reason));
    }
}
