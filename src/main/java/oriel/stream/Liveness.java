package oriel.stream;

import java.time.Duration;
import java.util.Optional;
import oriel.base.Failure;

/**
 * Tells when a connection is dead although nobody closed it: no packet on the picture track (on any, if it has none) for
 * 5 s or three times the longest gap seen so far, whichever is longer, at most 30 s. Owned by the source's home loop.
 */
final class Liveness {
    private static final long LEAST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MOST_NANOS = Duration.ofSeconds(30).toNanos();

    private final boolean hasPicture;
    private long lastPicture;
    private long lastAny;
    private long longestGap;

    /** Begins at {@code now}, when the tracks are described. */
    Liveness(boolean hasPicture, long now) {
        this.hasPicture = hasPicture;
        this.lastPicture = now;
        this.lastAny = now;
    }

    /** A packet came. */
    void packet(boolean picture, long now) {
        if (picture || !hasPicture) {
            longestGap = Math.max(longestGap, now - lastWatched());
        }
        lastAny = now;
        if (picture) {
            lastPicture = now;
        }
    }

    /** Why the connection counts as dead at {@code now}, if it does. */
    Optional<Failure> check(long now) {
        long silence = now - lastWatched();
        if (silence < Math.clamp(3 * longestGap, LEAST_NANOS, MOST_NANOS)) {
            return Optional.empty();
        }
        Duration waited = Duration.ofNanos(silence);
        boolean sound = hasPicture && now - lastAny < LEAST_NANOS;
        return Optional.of(sound ? new Failure.AudioOnly(waited) : new Failure.Silent(waited));
    }

    private long lastWatched() {
        return hasPicture ? lastPicture : lastAny;
    }
}
