package oriel.media;

import java.util.List;

/**
 * What a source sends and takes, in its own order.
 *
 * @param tracks at most {@value #MAX_TRACKS}; each track's id is its place
 */
public record StreamDescription(List<Track> tracks) {
    /** More than any camera has; a bound against nonsense. */
    public static final int MAX_TRACKS = 16;

    private static final StreamDescription EMPTY = new StreamDescription(List.of());

    public StreamDescription {
        tracks = List.copyOf(tracks);
        if (tracks.size() > MAX_TRACKS) {
            throw new IllegalArgumentException("more than " + MAX_TRACKS + " tracks: " + tracks.size());
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).id() != i) {
                throw new IllegalArgumentException("track " + tracks.get(i).id() + " stands at place " + i);
            }
        }
    }

    public static StreamDescription empty() {
        return EMPTY;
    }

    /** Whether the camera sends a picture. */
    public boolean hasPicture() {
        return tracks.stream().anyMatch(t -> t.kind() == MediaKind.VIDEO && t.direction() == Direction.RECVONLY);
    }
}
