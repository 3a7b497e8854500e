package oriel.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Home Assistant's users as a test wants them: a list, or nobody answers. Counts how often it was asked. Any thread. */
public final class ListedUsers implements UserDirectory {
    private final List<HomeUser> users = new ArrayList<>(); // guarded by this, as are those below
    private boolean away;
    private int asked;

    /** Adds a user whose login is {@code id} with {@code -login} behind it. */
    public synchronized ListedUsers with(String id, HomeUser.Group group) {
        return with(new HomeUser(id, Optional.of(id + "-login"), "The " + id, group, true));
    }

    /** Adds a user, or replaces the one of this id. */
    public synchronized ListedUsers with(HomeUser user) {
        users.removeIf(known -> known.id().equals(user.id()));
        users.add(user);
        return this;
    }

    /** Forgets a user. */
    public synchronized void remove(String id) {
        users.removeIf(known -> known.id().equals(id));
    }

    /** Whether Home Assistant is away from now on. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** How often the list was asked for. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized List<HomeUser> read(Duration patience) throws UserDirectoryException {
        asked++;
        if (away) {
            throw new UserDirectoryException("Home Assistant does not answer");
        }
        return List.copyOf(users);
    }
}
