package oriel.catalog;

import java.time.Duration;
import java.util.Optional;
import oriel.base.Failure;

/** Looks whether a camera is there without opening its stream. Many at once, each on a virtual thread of its own. */
@FunctionalInterface
public interface Knock {
    /**
     * Blocks until the camera has answered.
     *
     * @param address where its connection leads, with its login
     * @param patience for all of it
     * @return why it does not answer; empty if it does
     */
    Optional<Failure> look(String address, Duration patience) throws InterruptedException;
}
