package oriel.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One place that can fill: how much it holds, what happens then, and how often that happened. Rooms describe theirs by
 * {@code limits()}; {@code GET /api/oriel/limits} shows all of them. Any thread.
 */
public final class Limit {
    private final String name;
    private final long bound;
    private final String unit;
    private final String whenFull;
    private final @Nullable LongSupplier filled;
    private final @Nullable Drops drops;
    private final List<String> reasons;

    private Limit(
            String name,
            long bound,
            String unit,
            String whenFull,
            @Nullable LongSupplier filled,
            @Nullable Drops drops,
            List<String> reasons) {
        this.name = name;
        this.bound = bound;
        this.unit = unit;
        this.whenFull = whenFull;
        this.filled = filled;
        this.drops = drops;
        this.reasons = List.copyOf(reasons);
    }

    /**
     * A place that is only described so far.
     *
     * @param name room first, such as {@code webrtc.handshakes}
     * @param bound how much it holds
     * @param unit what of, such as {@code handshakes at once}
     * @param whenFull what happens then, one sentence for people
     */
    public static Limit of(String name, long bound, String unit, String whenFull) {
        return new Limit(name, bound, unit, whenFull, null, null, List.of());
    }

    /** The same, whose fill is known for the asking: {@code now} is cheap and takes no lock. */
    public Limit filledBy(LongSupplier now) {
        return new Limit(name, bound, unit, whenFull, now, drops, reasons);
    }

    /** The same, counted by these reasons of {@code counted}. */
    public Limit countedBy(Drops counted, String... words) {
        return new Limit(name, bound, unit, whenFull, filled, counted, List.of(words));
    }

    public String name() {
        return name;
    }

    public long bound() {
        return bound;
    }

    public String unit() {
        return unit;
    }

    public String whenFull() {
        return whenFull;
    }

    /** How much is in it now, where that is cheap to know. */
    public OptionalLong filled() {
        return filled == null ? OptionalLong.empty() : OptionalLong.of(filled.getAsLong());
    }

    /** How often it was full since the start, by reason; each reason is there from the beginning. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (drops != null) {
            for (String reason : reasons) {
                counts.put(reason, drops.of(reason));
            }
        }
        return counts;
    }
}
