package oriel.net;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import oriel.base.Alarm;
import oriel.base.Clock;

/**
 * The moment at which a script stops waiting for a loop.
 *
 * @param clock whose time counts
 * @param atNanos the moment, by {@link Clock#nanoTime()}
 */
public record Deadline(Clock clock, long atNanos) {
    /** The moment {@code patience} from now. */
    public static Deadline in(Clock clock, Duration patience) {
        return new Deadline(clock, clock.nanoTime() + patience.toNanos());
    }

    /** What is left until then; nothing if it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - clock.nanoTime()));
    }

    /** This moment or the one {@code patience} from now, whichever comes first. */
    public Deadline atMost(Duration patience) {
        return left().compareTo(patience) <= 0 ? this : in(clock, patience);
    }

    public boolean passed() {
        return atNanos - clock.nanoTime() <= 0;
    }

    /**
     * Blocks the calling virtual thread until {@code future} ends or this moment comes; the future itself is left alone.
     *
     * @throws ExecutionException if the future ends by an exception, which is the cause
     * @throws TimeoutException if this moment comes first
     */
    public <T> T await(CompletableFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        Alarm alarm = clock.newAlarm();
        future.whenComplete((value, error) -> alarm.ring());
        while (!future.isDone()) {
            if (!alarm.awaitUntil(atNanos) && !future.isDone()) {
                throw new TimeoutException();
            }
        }
        return future.get();
    }
}
