package oriel.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something was thrown away, by reason. Reasons are short constant words; beyond {@value #MAX_REASONS} of them
 * the rest is counted as {@value #OTHER}. Any thread.
 */
public final class Drops {
    private static final int MAX_REASONS = 64;
    private static final String OTHER = "other";

    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts one more. */
    public void count(String reason) {
        count(reason, 1);
    }

    /** Counts {@code times} more. */
    public void count(String reason, long times) {
        LongAdder adder = counts.get(reason);
        if (adder == null) {
            String word = counts.size() < MAX_REASONS ? reason : OTHER;
            adder = counts.computeIfAbsent(word, w -> new LongAdder());
        }
        adder.add(times);
    }

    /** How often by this reason. */
    public long of(String reason) {
        LongAdder adder = counts.get(reason);
        return adder == null ? 0 : adder.sum();
    }

    /** Every reason with its count, in alphabetical order. */
    public Map<String, Long> snapshot() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((reason, adder) -> copy.put(reason, adder.sum()));
        return copy;
    }
}
