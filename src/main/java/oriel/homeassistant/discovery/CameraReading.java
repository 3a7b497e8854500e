package oriel.homeassistant.discovery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oriel.base.Failure;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.media.PictureSize;
import oriel.stream.ConsumerStatus;
import oriel.stream.LiveStream;
import oriel.stream.ProducerStatus;
import oriel.stream.SourceState;
import oriel.stream.SourceStatus;
import oriel.stream.TrackStatus;

/**
 * How a camera is at one moment, as the hub tells it.
 *
 * @param state of its stream
 * @param failure why the last try of its first source ended, until one succeeds
 * @param since when that source's state began
 * @param nextTry when it is tried again
 * @param kind of its first source, such as {@code rtsp}; never an address
 * @param viewers their kinds by their ids
 * @param bytes from the camera since the start
 * @param frames pictures from the camera since the start
 * @param size of its pictures
 * @param codecs such as {@code H264, AAC}; empty if unknown
 * @param restarts tries that had to be made again
 */
public record CameraReading(
        SourceState state,
        Optional<Failure> failure,
        Optional<Instant> since,
        Optional<Instant> nextTry,
        String kind,
        Map<String, String> viewers,
        long bytes,
        long frames,
        Optional<PictureSize> size,
        String codecs,
        long restarts) {
    private static final String STILL = "still";
    private static final int MAX_KIND = 20;

    /**
     * Reads it.
     *
     * @param streams the camera's own, and others that show the same camera
     * @param texts of its sources, also while it is off
     */
    static CameraReading of(SourceState state, List<LiveStream> streams, List<String> texts) {
        List<ProducerStatus> producers = streams.getFirst().producers();
        List<SourceStatus> sources = producers.stream()
                .flatMap(producer -> producer.source().stream())
                .toList();
        Optional<SourceStatus> telling = sources.stream()
                .filter(source -> source.state() == state)
                .findFirst()
                .or(() -> sources.stream().findFirst());
        List<TrackStatus> tracks = sources.stream()
                .flatMap(source -> source.tracks().stream())
                .filter(track -> track.facts().track().direction() == Direction.RECVONLY)
                .toList();
        return new CameraReading(
                state,
                telling.flatMap(SourceStatus::failure),
                telling.map(SourceStatus::since),
                telling.flatMap(SourceStatus::nextTry),
                texts.isEmpty() ? "" : kind(texts.getFirst()),
                viewers(streams),
                sources.stream().mapToLong(SourceStatus::bytesReceived).sum(),
                pictures(tracks).mapToLong(TrackStatus::frames).sum(),
                pictures(tracks)
                        .flatMap(track -> PictureSize.of(track.facts().track().codec()).stream())
                        .findFirst(),
                String.join(
                        ", ",
                        tracks.stream()
                                .map(track -> track.facts().track().codec().name())
                                .distinct()
                                .toList()),
                sources.stream().mapToLong(SourceStatus::restarts).sum());
    }

    private static Map<String, String> viewers(List<LiveStream> streams) {
        Map<String, String> viewers = new LinkedHashMap<>();
        for (LiveStream stream : streams) {
            for (ConsumerStatus consumer : stream.consumers()) {
                if (!consumer.type().equals(STILL)) { // One of those is ours.
                    viewers.put(consumer.id(), consumer.type());
                }
            }
        }
        return viewers;
    }

    private static Stream<TrackStatus> pictures(List<TrackStatus> tracks) {
        return tracks.stream().filter(track -> track.facts().track().kind() == MediaKind.VIDEO);
    }

    // Of a source, nothing that could hold a secret.
    private static String kind(String source) {
        int colon = source.indexOf(':');
        String scheme = colon > 0 && colon <= MAX_KIND ? source.substring(0, colon) : "";
        return scheme.chars().allMatch(c -> c >= 'a' && c <= 'z') && !scheme.isEmpty() ? scheme : "stream";
    }
}
