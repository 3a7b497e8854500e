package oriel.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import oriel.net.MediaLoop;

/** One sink on its chosen tracks, which may come from several sources. Closed by its viewer; any thread. */
public final class Subscription implements AutoCloseable {
    private final Choice choice;
    private final MediaLoop loop;
    private final Sink sink;
    private final Consumer consumer;
    private final java.util.function.Consumer<Subscription> onClose;
    private final List<LegAt> legs;
    private final AtomicBoolean closed = new AtomicBoolean();

    Subscription(
            Choice choice,
            MediaLoop loop,
            Sink sink,
            Consumer consumer,
            java.util.function.Consumer<Subscription> onClose) {
        this.choice = choice;
        this.loop = loop;
        this.sink = sink;
        this.consumer = consumer;
        this.onClose = onClose;
        this.legs = legs(choice, sink);
    }

    /**
     * The viewer's picture is broken: asks the camera for a key frame where it can be asked, and begins the track anew
     * from the cached one. The caller limits how often.
     */
    public void requestKeyFrame(int slot) {
        Optional<Choice.Chosen> chosen = choice.slots().get(slot);
        if (chosen.isPresent() && !closed.get()) {
            int track = chosen.get().facts().track().id();
            for (LegAt at : legs) {
                if (at.source() == chosen.get().source()) {
                    at.source().requestKeyFrame(at.leg(), loop, track);
                }
            }
        }
    }

    /** Stops the feed and lets go of the sources. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            legs.forEach(at -> at.source().leave(at.leg(), loop));
            choice.close();
            onClose.accept(this);
        }
    }

    void begin() {
        legs.forEach(at -> at.source().join(at.leg(), loop));
    }

    /** Ends it from our side. */
    void end(EndReason reason) {
        if (!closed.get()) {
            close();
            loop.execute(() -> sink.onEnd(reason));
        }
    }

    /** Whether all it watches is among {@code sources}. */
    boolean uses(Set<LiveSource> sources) {
        return legs.stream().allMatch(at -> sources.contains(at.source()));
    }

    ConsumerStatus status() {
        return consumer.status();
    }

    private static List<LegAt> legs(Choice choice, Sink sink) {
        Map<LiveSource, Map<Integer, Integer>> slotsBySource = new LinkedHashMap<>();
        for (int slot = 0; slot < choice.slots().size(); slot++) {
            Optional<Choice.Chosen> chosen = choice.slots().get(slot);
            if (chosen.isPresent()) {
                slotsBySource
                        .computeIfAbsent(chosen.get().source(), s -> new HashMap<>())
                        .putIfAbsent(chosen.get().facts().track().id(), slot);
            }
        }
        List<LegAt> legs = new ArrayList<>();
        slotsBySource.forEach((source, slots) -> legs.add(new LegAt(source, new Leg(sink, slots))));
        return List.copyOf(legs);
    }

    private record LegAt(LiveSource source, Leg leg) {}
}
