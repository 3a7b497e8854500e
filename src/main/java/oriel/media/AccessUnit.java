package oriel.media;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;

/**
 * One whole picture or sound frame.
 *
 * @param ptsTicks when to show it, in ticks of the codec's clock; never wraps
 * @param wallClock when the camera took it, if known
 * @param key whether a decoder can start here; always true for sound and JPEG
 * @param parts NAL units without start codes, in decoding order; for all other codecs one part
 */
public record AccessUnit(long ptsTicks, Optional<Instant> wallClock, boolean key, List<Bytes> parts) {
    public AccessUnit {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an access unit without parts");
        }
    }

    /** Bytes of all parts together. */
    public int size() {
        int size = 0;
        for (Bytes part : parts) {
            size += part.length();
        }
        return size;
    }
}
