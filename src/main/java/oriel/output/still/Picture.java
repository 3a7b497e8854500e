package oriel.output.still;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import oriel.base.Bytes;
import oriel.base.Failure;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;
import oriel.worker.StillSize;

/** One picture of a camera: what it is decoded from, and its JPEGs, made or under way. */
final class Picture {
    /** Sizes of one picture that are kept; more, and those that are made are made again when asked for. */
    static final int MAX_SIZES = 16;

    private final RtpPacket first;
    private final String codec;
    private final List<AccessUnit> units;
    private final long takenNanos;
    private final AtomicLong bytes = new AtomicLong();

    // All below: guarded by the queue that decodes it.
    final Map<StillSize, CompletableFuture<Bytes>> jpegs = new HashMap<>();
    final Set<StillSize> unasked = new HashSet<>();
    Optional<PictureLab.Session> session = Optional.empty();
    Optional<Failure> hopeless = Optional.empty();
    boolean queued;
    int deaths;

    /**
     * @param first the packet its group begins with
     * @param codec name as {@link oriel.media.Codec#name()}
     * @param units a key frame, and what follows it up to this picture
     * @param takenNanos when the camera sent it, by the clock
     */
    Picture(RtpPacket first, String codec, List<AccessUnit> units, long takenNanos) {
        this.first = first;
        this.codec = codec;
        this.units = List.copyOf(units);
        this.takenNanos = takenNanos;
        units.forEach(unit -> bytes.addAndGet(unit.size()));
    }

    RtpPacket first() {
        return first;
    }

    String codec() {
        return codec;
    }

    List<AccessUnit> units() {
        return units;
    }

    long takenNanos() {
        return takenNanos;
    }

    /** What it takes in memory, nearly. */
    long bytes() {
        return bytes.get();
    }

    /** A JPEG was made of it. */
    void grow(int more) {
        bytes.addAndGet(more);
    }

    /** Forgets the JPEGs that are made. */
    void forgetMade() {
        jpegs.values().removeIf(jpeg -> {
            boolean made = jpeg.isDone();
            if (made) {
                bytes.addAndGet(-jpeg.join().length());
            }
            return made;
        });
    }
}
