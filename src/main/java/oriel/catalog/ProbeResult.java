package oriel.catalog;

import java.time.Instant;
import java.util.Optional;
import oriel.base.Failure;

/**
 * What the last look at a resting camera said.
 *
 * @param failure why it does not answer; empty if it does
 * @param since since when it is so
 * @param at when it was looked at
 * @param nextTry when it is looked at again
 */
public record ProbeResult(Optional<Failure> failure, Instant since, Instant at, Instant nextTry) {
    /** Whether the camera answers. */
    public boolean reachable() {
        return failure.isEmpty();
    }
}
