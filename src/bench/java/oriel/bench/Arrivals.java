package oriel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When pictures left the camera and when their last packets came to viewers; pictures go by their camera and RTP time. Any
 * thread.
 */
final class Arrivals {
    private final Map<Picture, Long> sentNanos = new HashMap<>(); // guarded by this
    private final List<Double> millis = new ArrayList<>(); // guarded by this
    private int pictures; // guarded by this

    private record Picture(int camera, long ticks) {}

    /** The picture of this time leaves now; {@code counts} unless it is there to warm up. */
    synchronized void sent(int camera, long ticks, boolean counts) {
        if (counts) {
            pictures++;
            sentNanos.put(new Picture(camera, ticks), System.nanoTime());
        }
    }

    /** The last packet of a picture came to one viewer. */
    synchronized void came(int camera, long ticks, long nanos) {
        Long sent = sentNanos.get(new Picture(camera, ticks));
        if (sent != null) {
            millis.add((nanos - sent) / 1e6);
        }
    }

    /** Of all pictures that count, all viewers alike. */
    synchronized Samples millis() {
        return Samples.of(millis);
    }

    /** What came of what was sent, in words. */
    synchronized String counted() {
        return millis.size() + " arrivals of " + pictures + " pictures";
    }

    /** Whether at least 99 of 100 pictures came to those that watch. */
    synchronized boolean whole(Crowd crowd) {
        return millis.size() >= 0.99 * crowd.viewersOfEach() * pictures;
    }
}
