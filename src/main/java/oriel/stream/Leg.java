package oriel.stream;

import java.util.Map;
import oriel.media.Track;

/**
 * One subscription's part at one source: which of its tracks go to which slots of the sink. All but construction and
 * {@link #ended} happen on the viewer's loop.
 */
final class Leg {
    private final Sink sink;
    private final Map<Integer, Integer> slots;
    private volatile boolean ended; // set by any thread, read by the viewer's loop

    /** @param slots track id to slot */
    Leg(Sink sink, Map<Integer, Integer> slots) {
        this.sink = sink;
        this.slots = Map.copyOf(slots);
    }

    Iterable<Integer> tracks() {
        return slots.keySet();
    }

    boolean has(int track) {
        return slots.containsKey(track);
    }

    /** Nothing reaches the sink after this has been seen by its loop. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    void start(LoopItem.Start start) {
        Integer slot = slots.get(start.track().id());
        if (slot != null && !ended) {
            Track track = start.track();
            sink.onStart(
                    slot,
                    track,
                    start.clock(),
                    start.gop().packets(),
                    start.gop().complete());
            if (start.facts().reordersPictures()) {
                // Perhaps found between the choice and now, when nobody listened.
                sink.onFacts(slot, start.facts());
            }
        }
    }

    void burst(Burst burst) {
        Integer slot = slots.get(burst.track());
        if (slot != null && !ended) {
            sink.onBurst(slot, burst);
        }
    }

    void facts(TrackFacts facts) {
        Integer slot = slots.get(facts.track().id());
        if (slot != null && !ended) {
            sink.onFacts(slot, facts);
        }
    }

    void end(EndReason reason) {
        if (!ended) {
            ended = true;
            sink.onEnd(reason);
        }
    }
}
