package oriel.stream;

import java.util.HashMap;
import java.util.Map;
import oriel.media.Track;

/**
 * One subscription's part at one source: which of its tracks go to which slots of the sink. All but construction and
 * {@link #ended} happen on the viewer's loop, but {@link #replays}, which is the source's home loop's.
 */
final class Leg {
    private final Sink sink;
    private final Map<Integer, Integer> slots;
    private final Map<Integer, Long> replayed = new HashMap<>(); // track to its packets at the last replay
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

    /**
     * Whether a track is to be sent again from its key frame on, as it stands after {@code packets} packets: not twice
     * without a new one in between, for the last pictures of a camera that has gone silent would pass for live ones.
     */
    boolean replays(int track, long packets) {
        Long before = replayed.put(track, packets);
        return before == null || before != packets;
    }

    /** Nothing reaches the sink after this has been seen by its loop. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** @param recent of the track, on the viewer's loop */
    void start(LoopItem.Start start, RecentPackets recent) {
        Integer slot = slots.get(start.track().id());
        if (slot != null && !ended) {
            Track track = start.track();
            sink.onStart(
                    slot,
                    track,
                    start.clock(),
                    recent,
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
