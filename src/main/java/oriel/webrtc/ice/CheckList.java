package oriel.webrtc.ice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of one session and the checks under way, all of them bounded: at most 64 pairs, 16 of which are places that a genuine
 * check came from, and 256 checks that may still be answered.
 */
final class CheckList {
    static final int MAX_PAIRS = 64;
    static final int MAX_AUTHENTICATED = 16;
    static final int MAX_CHECKS = 256;

    private final Map<IcePath, CandidatePair> pairs = new LinkedHashMap<>();
    private final Map<TransactionId, Check> checks = new RecentChecks();
    private final Consumer<IcePath> forgotten;

    /** Tells {@code forgotten} of each authenticated place that gives way to a newer one. */
    CheckList(Consumer<IcePath> forgotten) {
        this.forgotten = forgotten;
    }

    int size() {
        return pairs.size();
    }

    int checksUnderWay() {
        return checks.size();
    }

    Optional<CandidatePair> find(IcePath path) {
        return Optional.ofNullable(pairs.get(path));
    }

    /** An address that the peer announced; when the list is full it is passed over. */
    void signal(IcePath path, long priority) {
        CandidatePair pair = pairs.get(path);
        if (pair == null && pairs.size() < MAX_PAIRS) {
            pair = new CandidatePair(path, priority);
            pairs.put(path, pair);
        }
        if (pair != null) {
            pair.signal(priority);
        }
    }

    /**
     * An address that a genuine check came from; makes room if need be.
     *
     * @param keep never given up
     */
    CandidatePair heard(IcePath path, long priority, @Nullable CandidatePair keep, long nowNanos) {
        CandidatePair pair = pairs.get(path);
        if (pair == null || !pair.isAuthenticated()) {
            makeRoomAmongAuthenticated(keep);
        }
        if (pair == null) {
            if (pairs.size() >= MAX_PAIRS) {
                oldest(candidate -> candidate != keep && !candidate.isAuthenticated())
                        .ifPresent(this::remove);
            }
            pair = new CandidatePair(path, priority);
            pairs.put(path, pair);
        }
        pair.heard(nowNanos);
        return pair;
    }

    private void makeRoomAmongAuthenticated(@Nullable CandidatePair keep) {
        long authenticated =
                pairs.values().stream().filter(CandidatePair::isAuthenticated).count();
        if (authenticated < MAX_AUTHENTICATED) {
            return;
        }
        oldest(candidate -> candidate != keep && candidate.isAuthenticated()).ifPresent(pair -> {
            pair.forget();
            if (!pair.isSignalled()) {
                remove(pair);
            }
            forgotten.accept(pair.path());
        });
    }

    private Optional<CandidatePair> oldest(Predicate<CandidatePair> among) {
        CandidatePair oldest = null;
        for (CandidatePair pair : pairs.values()) {
            if (among.test(pair) && (oldest == null || pair.heardAt() - oldest.heardAt() < 0)) {
                oldest = pair;
            }
        }
        return Optional.ofNullable(oldest);
    }

    /** Forgets a pair and its checks, and tells nobody. */
    void remove(CandidatePair pair) {
        pairs.remove(pair.path());
        checks.values().removeIf(check -> check.pair() == pair);
    }

    /** The best pair that media may go to now. */
    Optional<CandidatePair> bestConsented(IceRole role, long nowNanos) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs.values()) {
            if (pair.isConsented(nowNanos)
                    && (best == null || Long.compareUnsigned(pair.priority(role), best.priority(role)) > 0)) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The best pair that was not checked yet. */
    Optional<CandidatePair> nextWaiting(IceRole role) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs.values()) {
            if (pair.state() == CandidatePair.State.WAITING
                    && (best == null || Long.compareUnsigned(pair.priority(role), best.priority(role)) > 0)) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Pairs that owe the peer a check since before its password was known. */
    List<CandidatePair> triggered() {
        return pairs.values().stream().filter(CandidatePair::isTriggered).toList();
    }

    /** How many pairs wait or are being checked: what the pace must be shared by (RFC 8445, 14.3). */
    int unsettled() {
        int count = 0;
        for (CandidatePair pair : pairs.values()) {
            if (pair.state() == CandidatePair.State.WAITING || pair.state() == CandidatePair.State.IN_PROGRESS) {
                count++;
            }
        }
        return count;
    }

    /** A check that goes out now and again until it is answered. */
    void start(Check check) {
        checks.put(check.transaction(), check);
        check.pair().start(check);
    }

    /** A check that goes out once and does not change its pair's state. */
    void ask(Check check) {
        checks.put(check.transaction(), check);
    }

    /** The check that an answer is for. */
    Optional<Check> awaited(TransactionId transaction) {
        return Optional.ofNullable(checks.get(transaction));
    }

    void answered(Check check) {
        checks.remove(check.transaction());
    }

    /** Lets {@code resend} have each check that must go out again; those that were sent often enough have failed. */
    void retransmit(long nowNanos, Consumer<Check> resend, Consumer<CandidatePair> failed) {
        for (CandidatePair pair : new ArrayList<>(pairs.values())) {
            Check check = pair.current();
            if (check == null || !check.timer().isDue(nowNanos)) {
                continue;
            }
            if (check.timer().again(nowNanos)) {
                resend.accept(check);
            } else {
                checks.remove(check.transaction());
                pair.fail();
                failed.accept(pair);
            }
        }
    }

    /** Ends the checks of all others once {@code chosen} is nominated; late answers still count. */
    void settle(CandidatePair chosen) {
        for (CandidatePair pair : pairs.values()) {
            if (pair != chosen) {
                pair.rest();
            }
        }
    }

    /** When the next check goes out again or fails. */
    OptionalLong nextDeadline() {
        OptionalLong next = OptionalLong.empty();
        for (CandidatePair pair : pairs.values()) {
            Check check = pair.current();
            if (check != null && (next.isEmpty() || check.timer().nextAt() - next.getAsLong() < 0)) {
                next = OptionalLong.of(check.timer().nextAt());
            }
        }
        return next;
    }

    void clear() {
        pairs.clear();
        checks.clear();
    }

    /** Forgets the oldest when there are too many: nobody answers that one any more. */
    private static final class RecentChecks extends LinkedHashMap<TransactionId, Check> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TransactionId, Check> eldest) {
            return size() > MAX_CHECKS;
        }
    }
}
