package oriel.base;

import java.time.Duration;
import java.time.Instant;

/**
 * The seam through which time comes in. Timers and deadlines use {@link #nanoTime()}, which never jumps; {@link #now()}
 * is for showing to people and for stamps on the wire. Safe on any thread.
 */
public interface Clock {
    /** Nanoseconds since an arbitrary moment; monotonic, to be compared by subtraction. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /** A new place for one virtual thread to wait until a moment or a ring. */
    Alarm newAlarm();

    /** The clock of this machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }

    /** Blocks the calling (virtual) thread for {@code duration} of this clock's time. */
    default void sleep(Duration duration) throws InterruptedException {
        newAlarm().awaitUntil(nanoTime() + duration.toNanos());
    }
}
