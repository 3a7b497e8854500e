package oriel.stream;

import java.util.function.Predicate;
import oriel.media.MediaKind;

/**
 * One track that a viewer would like, or a place where it would like none.
 *
 * @param kind picture or sound
 * @param accepts whether the viewer can use a track
 * @param open whether a track is wished for at all; no source is asked for one that is not
 */
public record TrackWish(MediaKind kind, Predicate<TrackFacts> accepts, boolean open) {}
