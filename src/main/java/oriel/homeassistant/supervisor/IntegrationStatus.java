package oriel.homeassistant.supervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * How Core's go2rtc integration is.
 *
 * @param state as Core told last
 * @param reloadAsked when Oriel last asked Core to load it once more, since Oriel started
 */
public record IntegrationStatus(State state, Optional<Instant> reloadAsked) {
    /** What Core told. */
    public enum State {
        /** Core has not been asked yet, or has not answered. */
        UNKNOWN,
        /** There is none, or it is switched off: {@code go2rtc:} stands in no YAML file. */
        NONE,
        /** It is loaded, or Core is about to load it. */
        WELL,
        /** It failed to reach another server than us. */
        FAILED_ELSEWHERE,
        /** It failed, and Core was asked to load it once more. */
        FAILED
    }

    static final IntegrationStatus UNKNOWN = new IntegrationStatus(State.UNKNOWN, Optional.empty());
}
