package oriel.stream;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.base.Failure;

/**
 * What is known of a source at one moment, for people and the API.
 *
 * @param failure why the last try ended; stays until one succeeds
 * @param since when the state began
 * @param nextTry when it is tried again, if retrying
 * @param info the connection, while there is one
 * @param tracks what it sends and takes, as last described
 * @param restarts tries after the first that had to be made
 * @param bytesReceived payload bytes from the camera
 * @param drops what was thrown away, by reason
 */
public record SourceStatus(
        SourceState state,
        Optional<Failure> failure,
        Instant since,
        Optional<Instant> nextTry,
        Optional<SourceInfo> info,
        List<TrackStatus> tracks,
        long restarts,
        long bytesReceived,
        Map<String, Long> drops) {
    public SourceStatus {
        tracks = List.copyOf(tracks);
        drops = Map.copyOf(drops);
    }
}
