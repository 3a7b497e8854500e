package oriel.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;

/**
 * Home Assistant's users, not older than what is done with them allows: {@value #FRESH_SECONDS} s for what changes
 * something, {@value #VIEW_SECONDS} s for viewing, {@value #AWAY_MINUTES} min for viewing while Core is away. Asks the
 * directory once at a time. Blocks while it does; virtual threads only.
 */
public final class HomeUsers {
    static final int FRESH_SECONDS = 10;
    static final int VIEW_SECONDS = 60;
    static final int AWAY_MINUTES = 15;

    private static final Logger LOG = LoggerFactory.getLogger("hass");
    private static final Duration FRESH = Duration.ofSeconds(FRESH_SECONDS);
    private static final Duration VIEW = Duration.ofSeconds(VIEW_SECONDS);
    private static final Duration AWAY = Duration.ofMinutes(AWAY_MINUTES);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);

    private final UserDirectory directory;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Listing listing;
    private long failedAtNanos; // guarded by asking, as is the one below
    private boolean failing;

    public HomeUsers(UserDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** What is known of an id. */
    public sealed interface Answer {
        /**
         * One of Home Assistant's users.
         *
         * @param viewOnly whether the list is too old to do more than view by it
         */
        record Known(HomeUser user, boolean viewOnly) implements Answer {}

        /** No user has this id. */
        record Unknown() implements Answer {}

        /** There is no list that is young enough. */
        record Unavailable() implements Answer {}
    }

    /**
     * The user of this id.
     *
     * @param changes whether something is to be changed, and not only viewed
     */
    public Answer find(String id, boolean changes) throws InterruptedException {
        Optional<Listing> found = list(changes ? FRESH : VIEW, changes ? FRESH : AWAY);
        if (found.isPresent() && !found.get().users().containsKey(id)) {
            // Made since the list was read, perhaps.
            found = list(FRESH, changes ? FRESH : AWAY);
        }
        if (found.isEmpty()) {
            return new Answer.Unavailable();
        }
        HomeUser user = found.get().users().get(id);
        return user == null
                ? new Answer.Unknown()
                : new Answer.Known(user, age(found.get()).compareTo(VIEW) > 0);
    }

    /** What the list that was read last says of an id, however old it is. Asks nobody. */
    Answer known(String id) {
        Listing last = listing;
        if (last == null) {
            return new Answer.Unavailable();
        }
        HomeUser user = last.users().get(id);
        return user == null
                ? new Answer.Unknown()
                : new Answer.Known(user, age(last).compareTo(VIEW) > 0);
    }

    /** Reads the list again if it is older than viewing allows. */
    void refresh() throws InterruptedException {
        list(VIEW, AWAY);
    }

    /** A list not older than {@code wanted}; if that cannot be had, one not older than {@code tolerated}. */
    private Optional<Listing> list(Duration wanted, Duration tolerated) throws InterruptedException {
        Optional<Listing> known = notOlder(wanted);
        if (known.isPresent()) {
            return known;
        }
        asking.lockInterruptibly();
        try {
            known = notOlder(wanted);
            if (known.isPresent()) {
                return known;
            }
            if (!failing || clock.nanoTime() - failedAtNanos >= BETWEEN_FAILURES.toNanos()) {
                ask();
            }
        } finally {
            asking.unlock();
        }
        return notOlder(tolerated);
    }

    private void ask() throws InterruptedException {
        long before = clock.nanoTime(); // what is true at the answer was asked for now
        try {
            List<HomeUser> users = directory.read(PATIENCE);
            Map<String, HomeUser> byId = new HashMap<>();
            users.stream().limit(UserDirectory.MAX_USERS).forEach(user -> byId.putIfAbsent(user.id(), user));
            listing = new Listing(byId, before);
            if (failing) {
                LOG.info("Home Assistant tells who its users are again");
            }
            failing = false;
        } catch (UserDirectoryException e) {
            if (!failing) {
                LOG.warn(
                        "Home Assistant does not tell who its users are ({}): whoever it told of before may view for"
                                + " {} min, and change nothing",
                        e.getMessage(),
                        AWAY_MINUTES);
            }
            failing = true;
            failedAtNanos = clock.nanoTime();
        }
    }

    private Optional<Listing> notOlder(Duration age) {
        return Optional.ofNullable(listing).filter(known -> age(known).compareTo(age) <= 0);
    }

    private Duration age(Listing known) {
        return Duration.ofNanos(clock.nanoTime() - known.askedAtNanos());
    }

    private record Listing(Map<String, HomeUser> users, long askedAtNanos) {}
}
