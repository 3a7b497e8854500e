package oriel.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How often something was thrown away, by reason. Reasons are short constant words, which {@link DropWords} puts into
 * sentences; beyond {@value #MAX_REASONS} of them the rest is counted as {@value #OTHER}. One of many (a viewer, a source)
 * counts into a total of all, which outlives it. Any thread.
 */
public final class Drops {
    private static final int MAX_REASONS = 64;
    private static final String OTHER = "other";

    private final ConcurrentHashMap<String, Tally> counts = new ConcurrentHashMap<>();
    private final @Nullable Drops total;
    private final Supplier<String> subject;

    /** Those of a whole room. */
    public Drops() {
        this.total = null;
        this.subject = () -> "";
    }

    /**
     * Those of one viewer or source.
     *
     * @param total what all of them throw away
     * @param subject what people call this one, such as {@code front-door}; for the log
     */
    public Drops(Drops total, Supplier<String> subject) {
        this.total = total;
        this.subject = subject;
    }

    /** Counts one more. */
    public void count(String reason) {
        count(reason, 1);
    }

    /** Counts {@code times} more. */
    public void count(String reason, long times) {
        add(reason, times, "");
        if (total != null) {
            total.add(reason, times, subject.get());
        }
    }

    /** How often by this reason. */
    public long of(String reason) {
        Tally tally = counts.get(reason);
        return tally == null ? 0 : tally.times.sum();
    }

    /** Every reason with its count, in alphabetical order. */
    public Map<String, Long> snapshot() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((reason, tally) -> copy.put(reason, tally.times.sum()));
        return copy;
    }

    /** Whose was the latest by this reason; empty if nobody's in particular. */
    String latest(String reason) {
        Tally tally = counts.get(reason);
        return tally == null ? "" : tally.latest;
    }

    private void add(String reason, long times, String whose) {
        Tally tally = counts.get(reason);
        if (tally == null) {
            String word = counts.size() < MAX_REASONS ? reason : OTHER;
            tally = counts.computeIfAbsent(word, w -> new Tally());
        }
        tally.times.add(times);
        if (!tally.latest.equals(whose)) {
            tally.latest = whose;
        }
    }

    private static final class Tally {
        final LongAdder times = new LongAdder();
        volatile String latest = "";
    }
}
