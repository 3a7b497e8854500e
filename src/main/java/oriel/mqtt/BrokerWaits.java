package oriel.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the link waits before its next try. While the broker is away, half a second doubling to 4 s, so that everything is
 * right again within 5 s of its return; 10 s after a refusal; a minute when another client takes our id, for whoever comes
 * back at once throws the other out, and that one him. Each wait is drawn evenly between its half and the whole, except the
 * minute, which is at least that. One per link, used by its script.
 */
final class BrokerWaits {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration MOST_AWAY = Duration.ofSeconds(4);
    static final Duration REFUSED = Duration.ofSeconds(10);
    static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    /** A connection of at least this long lets the waits begin anew. */
    static final Duration STEADY = Duration.ofSeconds(30);

    /** So many connections that ended this soon, one after the other, are taken for a second client of our id. */
    static final int MAX_SHORT = 3;

    static final Duration SHORT = Duration.ofSeconds(5);

    /** A connection of at least this long shows that the other client is gone. */
    static final Duration PEACE = Duration.ofMinutes(10);

    private final RandomGenerator random;
    private Duration whole = Duration.ZERO;
    private int shortLived;
    private boolean fights;

    BrokerWaits(RandomGenerator random) {
        this.random = random;
    }

    /** The wait after a try that gave no connection. */
    Duration afterTry(BrokerEnd end) {
        return after(end.kind());
    }

    /**
     * The wait after a connection.
     *
     * @param lasted how long it was there
     */
    Duration afterConnection(BrokerEnd end, Duration lasted) {
        if (lasted.compareTo(STEADY) >= 0) {
            whole = Duration.ZERO;
        }
        shortLived = lasted.compareTo(SHORT) < 0 ? shortLived + 1 : 0;
        fights = shortLived >= MAX_SHORT || (fights && lasted.compareTo(PEACE) < 0);
        return after(fights ? BrokerEnd.Kind.TAKEN_OVER : end.kind());
    }

    /**
     * Whether connections ended so soon, again and again, that another client must have our id. MQTT 3.1.1 does not say so,
     * nor does mosquitto 2.0.11 by MQTT 5: it just hangs up.
     */
    boolean fights() {
        return fights;
    }

    void reset() {
        whole = Duration.ZERO;
        shortLived = 0;
        fights = false;
    }

    private Duration after(BrokerEnd.Kind kind) {
        return switch (kind) {
            case TAKEN_OVER -> TAKEN_OVER.plus(drawn(REFUSED));
            case REFUSED -> drawn(REFUSED);
            case AWAY, VERSION -> {
                Duration next = whole.isZero() ? FIRST : whole.multipliedBy(2);
                whole = next.compareTo(MOST_AWAY) < 0 ? next : MOST_AWAY;
                yield drawn(whole);
            }
        };
    }

    private Duration drawn(Duration most) {
        long half = most.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }
}
