package oriel.stream;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One viewer at one moment.
 *
 * @param id unique in this process
 * @param type {@code webrtc}
 * @param remote address and port, or empty before it is known
 * @param tracks what it gets, as {@link oriel.media.Track#toString}
 * @param bytesSent bytes that left for it
 * @param loss fraction of packets lost on the way, 0 to 1, if it said
 * @param rttMillis round trip, milliseconds, if known
 * @param resent packets that left again because the viewer missed them
 * @param keyFramesOnly whether its connection is too slow for all pictures
 * @param drops what was not sent to it, by reason
 * @param note a sentence, such as why there is no sound; or empty
 */
public record ConsumerStatus(
        String id,
        String type,
        String remote,
        Instant since,
        List<String> tracks,
        long bytesSent,
        OptionalDouble loss,
        OptionalDouble rttMillis,
        long resent,
        boolean keyFramesOnly,
        Map<String, Long> drops,
        String note) {
    public ConsumerStatus {
        tracks = List.copyOf(tracks);
        drops = Map.copyOf(drops);
    }
}
