package oriel.webrtc.ice;

import org.jspecify.annotations.Nullable;

/** One remote address that may carry the session, and what is known of it (RFC 8445, 6.1.2). */
final class CandidatePair {
    /** Of its check. Nothing is ever frozen: with one component that would only delay checks. */
    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    private final IcePath path;
    private final long localPriority;
    private long remotePriority;
    private boolean signalled;
    private boolean authenticated;
    private boolean triggered;
    private long heardAt;
    private long answeredAt;
    private boolean answered;
    private State state = State.WAITING;
    private @Nullable Check current;

    CandidatePair(IcePath path, long remotePriority) {
        this.path = path;
        this.remotePriority = remotePriority;
        this.localPriority = CandidatePriority.of(
                CandidateType.HOST, path.transport(), CandidatePriority.localPreference(0, path.ipv6()));
    }

    IcePath path() {
        return path;
    }

    /** Unsigned. */
    long priority(IceRole role) {
        return role == IceRole.CONTROLLING
                ? CandidatePriority.ofPair(localPriority, remotePriority)
                : CandidatePriority.ofPair(remotePriority, localPriority);
    }

    /** The peer's description names this address. */
    void signal(long priority) {
        signalled = true;
        remotePriority = priority;
    }

    boolean isSignalled() {
        return signalled;
    }

    /** A genuine check came from there. */
    void heard(long nowNanos) {
        authenticated = true;
        heardAt = nowNanos;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    long heardAt() {
        return heardAt;
    }

    /** Gives its place among the authenticated up, and stays only as what was signalled. */
    void forget() {
        authenticated = false;
        triggered = false;
    }

    State state() {
        return state;
    }

    /** Owes the peer a check as soon as its password is known. */
    void triggerLater() {
        triggered = true;
    }

    boolean isTriggered() {
        return triggered;
    }

    void start(Check check) {
        current = check;
        triggered = false;
        state = State.IN_PROGRESS;
    }

    /** The check that goes out again until it is answered. */
    @Nullable Check current() {
        return current;
    }

    /** The peer answered {@code check}; one under way that nominates goes on, for its answer says more. */
    void succeed(Check check, long nowNanos) {
        answered = true;
        answeredAt = nowNanos;
        if (current == null || current == check || !current.isNominating()) {
            current = null;
            state = State.SUCCEEDED;
        }
    }

    void fail() {
        current = null;
        state = State.FAILED;
    }

    /** Ends the check without a verdict; a late answer still counts. */
    void rest() {
        current = null;
        if (state == State.IN_PROGRESS) {
            state = State.WAITING;
        }
    }

    /** Whether the peer answered us there so lately that media may go there. */
    boolean isConsented(long nowNanos) {
        return answered && nowNanos - answeredAt < Consent.HELD_NANOS;
    }

    long answeredAt() {
        return answeredAt;
    }
}
