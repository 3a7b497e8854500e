package oriel.webrtc.ice;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the peer has moved without saying so: a check with our password came from elsewhere than media goes to. It has
 * moved if it answers there and, asked three times in half a second, no more at its old place. One new place is looked at
 * at a time; asks nothing of those who merely check several ways at once and answer on all.
 */
final class Roaming {
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int ASKS = 3;
    private static final long LAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A place that was known before is looked at only if the old one has been silent for so long. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What is to be done now. */
    enum Step {
        NOTHING,
        ASK_OLD,
        MOVE
    }

    private @Nullable CandidatePair place;
    private boolean answered;
    private int asked;
    private long nextAt;

    /** Whether the place that a genuine check came from is looked at from now on. */
    boolean heard(CandidatePair pair, CandidatePair old, boolean known, long nowNanos) {
        boolean odd = !known || nowNanos - old.heardAt() > SILENCE_NANOS;
        if (answered || !odd) {
            return false;
        }
        place = pair;
        answered = false;
        return true;
    }

    /** The peer answered at a place; whether it is the one that is looked at, and something is due. */
    boolean newAnswered(CandidatePair pair, long nowNanos) {
        if (pair != place || answered) {
            return false;
        }
        answered = true;
        asked = 0;
        nextAt = nowNanos;
        return true;
    }

    /** It is still at its old place. */
    void oldAnswered() {
        if (answered) {
            end();
        }
    }

    /** This place exists no more. */
    void forget(CandidatePair pair) {
        if (pair == place) {
            end();
        }
    }

    void end() {
        place = null;
        answered = false;
    }

    Step due(long nowNanos) {
        if (!answered || nowNanos - nextAt < 0) {
            return Step.NOTHING;
        }
        if (asked == ASKS) {
            return Step.MOVE;
        }
        asked++;
        nextAt = nowNanos + (asked == ASKS ? LAST_WAIT_NANOS : ASK_NANOS);
        return Step.ASK_OLD;
    }

    OptionalLong nextDeadline() {
        return answered ? OptionalLong.of(nextAt) : OptionalLong.empty();
    }

    /** The new place; it is not looked at any more. */
    Optional<CandidatePair> take() {
        Optional<CandidatePair> found = Optional.ofNullable(place);
        end();
        return found;
    }
}
