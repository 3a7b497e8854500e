package oriel.stream;

import oriel.media.Track;

/** What travels from a source's home loop to a loop with viewers, in order. */
sealed interface LoopItem permits Burst, LoopItem.Join, LoopItem.Replay, LoopItem.Facts, LoopItem.End {
    /** A leg begins, with what each of its tracks has so far. */
    record Join(Leg leg, java.util.List<Start> starts) implements LoopItem {}

    /** One track of one leg begins again. */
    record Replay(Leg leg, Start start) implements LoopItem {}

    /** Something is now known of a track. */
    record Facts(TrackFacts facts) implements LoopItem {}

    /** No more for the legs that have {@code track}, or for all if it is -1. */
    record End(int track, EndReason reason) implements LoopItem {}

    /**
     * Where a track begins.
     *
     * @param facts what is known of it by now, which may be more than when it was chosen
     */
    record Start(TrackFacts facts, TrackClock clock, GopCache.Snapshot gop) {
        Track track() {
            return facts.track();
        }
    }
}
