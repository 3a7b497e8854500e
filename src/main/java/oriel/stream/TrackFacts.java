package oriel.stream;

import oriel.media.Track;

/**
 * What is known of a source's track when a viewer chooses.
 *
 * @param track with the parameter sets last seen
 * @param reordersPictures whether B slices were seen: pictures come in another order than they are shown
 */
public record TrackFacts(Track track, boolean reordersPictures) {}
