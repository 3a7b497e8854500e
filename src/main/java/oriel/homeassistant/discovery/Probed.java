package oriel.homeassistant.discovery;

import java.time.Instant;
import java.util.Optional;

/**
 * What the last look at a resting camera said.
 *
 * @param reason why it does not answer, a sentence; empty if it does
 * @param since since when it is so
 * @param at when it was looked at
 * @param nextTry when it is looked at again
 */
public record Probed(Optional<String> reason, Instant since, Instant at, Instant nextTry) {
    boolean reachable() {
        return reason.isEmpty();
    }
}
