package oriel.access;

import java.time.Duration;
import java.util.List;

/**
 * The port to Home Assistant's users. Whoever implements it asks Core each time ({@code config/auth/list} over its
 * WebSocket) and keeps nothing: how old an answer may be for what is {@link HomeUsers}' to decide, which calls this once at
 * a time at most, and not again for 5 s after it failed. Called on virtual threads; may block for {@code patience}.
 */
@FunctionalInterface
public interface UserDirectory {
    /** Most users that are looked at; further ones are nobody. */
    int MAX_USERS = 1000;

    /**
     * All users that Home Assistant knows now, those of its own apps among them.
     *
     * @param patience how long to wait at most
     * @return at most {@value #MAX_USERS}, each id once
     * @throws UserDirectoryException if Core did not answer in time, refused, or said nothing that makes sense
     * @throws InterruptedException if Oriel stops
     */
    List<HomeUser> read(Duration patience) throws UserDirectoryException, InterruptedException;

    /** That of an Oriel without a Home Assistant: it never answers. */
    static UserDirectory none() {
        return patience -> {
            throw new UserDirectoryException("Oriel does not run as an app of Home Assistant");
        };
    }
}
