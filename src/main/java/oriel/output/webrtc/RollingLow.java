package oriel.output.webrtc;

/** The lowest of what was seen lately: in the span under way and the one before it. Not thread-safe. */
final class RollingLow {
    private final long spanNanos;
    private long since;
    private long before = Long.MAX_VALUE;
    private long current = Long.MAX_VALUE;

    RollingLow(long spanNanos) {
        this.spanNanos = spanNanos;
    }

    void add(long value, long nowNanos) {
        if (current == Long.MAX_VALUE) {
            since = nowNanos;
        } else if (nowNanos - since >= spanNanos) {
            before = current;
            current = Long.MAX_VALUE;
            since = nowNanos;
        }
        current = Math.min(current, value);
    }

    boolean isEmpty() {
        return current == Long.MAX_VALUE;
    }

    /** Only if it is not empty. */
    long low() {
        return Math.min(before, current);
    }
}
