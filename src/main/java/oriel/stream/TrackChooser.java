package oriel.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.media.Direction;
import oriel.media.MediaKind;

/**
 * Finds, for each wish of a viewer, the first source of a stream with a track that fits. Dials only sources that could
 * still help, one after the other in the owner's order. Lives for one choice, on a virtual thread.
 */
final class TrackChooser {
    private final List<TrackWish> wishes;
    private final long deadlineNanos;
    private final List<Optional<Choice.Chosen>> slots = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<TrackFacts> seen = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    TrackChooser(List<TrackWish> wishes, long deadlineNanos) {
        this.wishes = List.copyOf(wishes);
        this.deadlineNanos = deadlineNanos;
        wishes.forEach(wish -> slots.add(Optional.empty()));
    }

    /** Chooses among {@code sources}, already followed to where they lead. */
    Choice choose(List<StreamSource> sources) throws InterruptedException {
        boolean done = false;
        try {
            for (StreamSource source : sources) {
                if (couldHelp(source.hint())) {
                    ask(source);
                }
            }
            done = true;
            return new Choice(slots, holds, seen, failures);
        } finally {
            if (!done) {
                holds.forEach(Hold::close);
            }
        }
    }

    private boolean couldHelp(SourceHint hint) {
        return switch (hint) {
            case SourceHint.Dial d -> unmet(Optional.empty());
            case SourceHint.Only only -> unmet(Optional.of(only.kind()));
            case SourceHint.Follow f -> false;
            case SourceHint.Nothing nothing -> {
                if (unmet(Optional.empty()) && !(nothing.why() instanceof Failure.CodecMismatch)) {
                    failures.add(nothing.why());
                }
                yield false;
            }
        };
    }

    private boolean unmet(Optional<MediaKind> kind) {
        for (int i = 0; i < wishes.size(); i++) {
            if (slots.get(i).isEmpty()
                    && wishes.get(i).open()
                    && (kind.isEmpty() || wishes.get(i).kind() == kind.get())) {
                return true;
            }
        }
        return false;
    }

    private void ask(StreamSource candidate) throws InterruptedException {
        if (candidate.live().isEmpty()) {
            return;
        }
        LiveSource source = candidate.live().get();
        Hold hold = source.hold();
        boolean helps = false;
        try {
            List<TrackFacts> facts = hold.awaitTracks(deadlineNanos);
            seen.addAll(facts);
            helps = take(source, facts);
        } catch (FailureException e) {
            failures.add(e.failure());
        } finally {
            if (helps) {
                holds.add(hold);
            } else {
                hold.close();
            }
        }
    }

    private boolean take(LiveSource source, List<TrackFacts> facts) {
        boolean took = false;
        for (int i = 0; i < wishes.size(); i++) {
            TrackWish wish = wishes.get(i);
            if (slots.get(i).isPresent() || !wish.open()) {
                continue;
            }
            Optional<TrackFacts> fitting = facts.stream()
                    .filter(f -> f.track().direction() == Direction.RECVONLY
                            && f.track().kind() == wish.kind()
                            && wish.accepts().test(f))
                    .findFirst();
            if (fitting.isPresent()) {
                slots.set(i, Optional.of(new Choice.Chosen(source, fitting.get())));
                took = true;
            }
        }
        return took;
    }
}
