package oriel.stream;

import java.util.List;
import java.util.Optional;
import oriel.base.Failure;

/**
 * The tracks that a viewer gets, each from the first source where one fits. Holds those sources until closed or handed to
 * {@link LiveStream#subscribe}.
 */
public final class Choice implements AutoCloseable {
    private final List<Optional<Chosen>> slots;
    private final List<Hold> holds;
    private final List<TrackFacts> seen;
    private final List<Failure> failures;

    Choice(List<Optional<Chosen>> slots, List<Hold> holds, List<TrackFacts> seen, List<Failure> failures) {
        this.slots = List.copyOf(slots);
        this.holds = List.copyOf(holds);
        this.seen = List.copyOf(seen);
        this.failures = List.copyOf(failures);
    }

    /** For each wish, in order, what it got. */
    public List<Optional<TrackFacts>> tracks() {
        return slots.stream().map(slot -> slot.map(Chosen::facts)).toList();
    }

    /** Whether no wish was met. */
    public boolean isEmpty() {
        return slots.stream().allMatch(Optional::isEmpty);
    }

    /** Every track that was looked at, fitting or not. */
    public List<TrackFacts> seen() {
        return seen;
    }

    /** Why sources that were tried gave nothing, in order. */
    public List<Failure> failures() {
        return failures;
    }

    List<Optional<Chosen>> slots() {
        return slots;
    }

    @Override
    public void close() {
        holds.forEach(Hold::close);
    }

    /** A track of a source. */
    record Chosen(LiveSource source, TrackFacts facts) {}
}
