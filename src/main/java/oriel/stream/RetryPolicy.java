package oriel.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;
import oriel.base.Failure;

/**
 * How long a source that failed waits before its next try: 1 s doubling to 15 s, after a refused login 15 s doubling to
 * 5 min so as not to lock the camera's account; each wait is drawn evenly between its half and the whole, so that cameras
 * behind one switch do not return in step. A minute of frames makes it begin anew. One per source, used by its script.
 */
final class RetryPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration FIRST_UNAUTHORIZED = Duration.ofSeconds(15);
    private static final Duration MOST_UNAUTHORIZED = Duration.ofMinutes(5);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private Duration whole = Duration.ZERO;
    private boolean unauthorized;

    RetryPolicy(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after a try that ended with {@code failure}.
     *
     * @param framesFor how long frames came in that try
     */
    Duration waitAfter(Failure failure, Duration framesFor) {
        boolean refusedLogin = failure instanceof Failure.Unauthorized;
        if (framesFor.compareTo(STEADY) >= 0 || refusedLogin != unauthorized) {
            reset();
        }
        unauthorized = refusedLogin;
        Duration first = refusedLogin ? FIRST_UNAUTHORIZED : FIRST;
        Duration most = refusedLogin ? MOST_UNAUTHORIZED : MOST;
        whole = whole.isZero() ? first : min(whole.multipliedBy(2), most);
        long half = whole.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** Whether the account may be locked by a try before its time. */
    boolean loginAtRisk() {
        return unauthorized;
    }

    void reset() {
        whole = Duration.ZERO;
        unauthorized = false;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
