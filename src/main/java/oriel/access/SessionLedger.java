package oriel.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oriel.base.Alarm;
import oriel.base.Clock;

/**
 * What runs on somebody's right: viewers and WebSockets, from when they begin until they end. When the right goes, they go:
 * at once where somebody took it ({@link #look}), within a second where a link's time is over or Home Assistant's list of
 * users, which is read once a minute while one of them is here, names them no more. Holds one small entry for each, so that
 * their own bounds are its bound. Any thread; one virtual thread looks while there is something that may end by itself.
 */
public final class SessionLedger {
    /** How often rights are looked at that may end by themselves. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Rights rights;
    private final Clock clock;
    private final Alarm alarm;
    private final Set<Session> sessions = new LinkedHashSet<>(); // guarded by this, as is the one below
    private @Nullable Thread looking;

    public SessionLedger(Rights rights, Clock clock) {
        this.rights = rights;
        this.clock = clock;
        this.alarm = clock.newAlarm();
    }

    /** One thing that runs on a right. */
    public final class Session {
        private final Grounds grounds;
        private final Predicate<Principal> still;
        private final Consumer<String> end;
        private final AtomicBoolean over = new AtomicBoolean();

        private Session(Grounds grounds, Predicate<Principal> still, Consumer<String> end) {
            this.grounds = grounds;
            this.still = still;
            this.end = end;
        }

        /** It ended by itself. */
        public void close() {
            over.set(true);
            forget(this);
        }

        private boolean endIfGone() {
            if (rights.now(grounds).filter(still).isPresent() || !over.compareAndSet(false, true)) {
                return false;
            }
            forget(this);
            end.accept(
                    grounds instanceof Grounds.Link
                            ? "The link that showed this has been revoked, or its time is over."
                            : "What you may see here has changed, so this has ended. Sign in or load the page again.");
            return true;
        }
    }

    /**
     * Something begins.
     *
     * @param still whether it may go on with what its owner is now
     * @param end ends it, with a sentence for who watches; called at most once, on any thread, at once if the right is gone
     *     already
     * @return to be closed when it ended by itself
     */
    public Session open(Grounds grounds, Predicate<Principal> still, Consumer<String> end) {
        Session session = new Session(grounds, still, end);
        if (grounds instanceof Grounds.Nothing) {
            return session;
        }
        synchronized (this) {
            sessions.add(session);
            if (looking == null && grounds.mayEndByItself()) {
                looking = Thread.ofVirtual().name("rights").start(this::keepLooking);
            }
        }
        session.endIfGone(); // The right may have gone between the door and here.
        return session;
    }

    /** Ends what may no longer be; returns how many that were. */
    public int look() {
        return endGone(session -> true);
    }

    /** How many there are. */
    public synchronized int size() {
        return sessions.size();
    }

    /** Ends the looking, and nothing else. */
    public synchronized void close() {
        Optional.ofNullable(looking).ifPresent(Thread::interrupt);
    }

    private int endGone(Predicate<Session> which) {
        List<Session> all;
        synchronized (this) {
            all = new ArrayList<>(sessions);
        }
        int ended = 0;
        for (Session session : all) {
            if (which.test(session) && session.endIfGone()) {
                ended++;
            }
        }
        return ended;
    }

    private synchronized void forget(Session session) {
        sessions.remove(session);
    }

    private void keepLooking() {
        try {
            while (goesOn()) {
                alarm.awaitUntil(clock.nanoTime() + INTERVAL.toNanos());
                if (has(session -> session.grounds instanceof Grounds.Member)) {
                    rights.refresh();
                }
                endGone(session -> session.grounds.mayEndByItself());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean goesOn() {
        if (has(session -> session.grounds.mayEndByItself())) {
            return true;
        }
        looking = null;
        return false;
    }

    private synchronized boolean has(Predicate<Session> kind) {
        return sessions.stream().anyMatch(kind);
    }
}
