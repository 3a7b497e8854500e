package oriel.output.still;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.rtp.RtpPacket;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;

/**
 * The pictures last asked for, and the last good one of each stream. Bounded in bytes: those that nobody has asked for the
 * longest go first. Any thread.
 */
final class PictureCache {
    private final long maxBytes;
    private final LinkedHashMap<RtpPacket, Picture> byGroup = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private final Map<Origin, Picture> good = new LinkedHashMap<>(); // guarded by this

    /** A stream as long as it comes from the same place. */
    private record Origin(String name, List<String> sources) {
        static Origin of(LiveStream stream) {
            return new Origin(stream.name(), stream.sourceTexts());
        }
    }

    /** @param maxBytes all pictures together, what they are decoded from and their JPEGs */
    PictureCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The picture last made of the group that begins with this packet. */
    synchronized Optional<Picture> find(RtpPacket first) {
        return Optional.ofNullable(byGroup.get(first));
    }

    /** Keeps a picture in the place of an older one of its group, unless another request has just brought the same. */
    synchronized Picture put(Picture picture) {
        Picture known = byGroup.get(picture.first());
        if (known != null && known.takenNanos() - picture.takenNanos() >= 0) {
            return known;
        }
        byGroup.put(picture.first(), picture);
        trim(picture);
        return picture;
    }

    /** The last picture of the stream that could be shown. */
    synchronized Optional<Picture> lastGood(LiveStream stream) {
        return Optional.ofNullable(good.get(Origin.of(stream)));
    }

    /** Says that the stream's picture can be shown; the one before it is no longer needed. */
    synchronized void shown(LiveStream stream, Picture picture) {
        Picture before = good.put(Origin.of(stream), picture);
        if (before != null && before != picture && !good.containsValue(before)) {
            byGroup.remove(before.first(), before);
        }
        if (good.size() > StreamRegistry.MAX_STREAMS) {
            good.remove(good.keySet().iterator().next()); // Of streams that came and went.
        }
        byGroup.putIfAbsent(picture.first(), picture);
        trim(picture);
    }

    /** All pictures together. */
    synchronized long bytes() {
        return byGroup.values().stream().mapToLong(Picture::bytes).sum();
    }

    private void trim(Picture newest) {
        long bytes = bytes();
        Iterator<Picture> eldest = byGroup.values().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            Picture picture = eldest.next();
            if (picture != newest) {
                eldest.remove();
                bytes -= picture.bytes();
                good.values().removeIf(other -> other == picture);
            }
        }
    }
}
