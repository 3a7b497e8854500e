package oriel.webrtc.ice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import oriel.base.MalformedException;

/**
 * Finds a path to one peer and keeps its consent (RFC 8445, full agent; RFC 7675; trickled candidates as in RFC 8838). The owner
 * hands in datagrams that begin like STUN and, at {@link #nextDeadline()}, the time; what comes out goes to the listener. A
 * browser needs no candidate of its own here: its checks tell where it is. Nothing is sent, and nothing kept, for a datagram that
 * does not prove our password. Belongs to one loop.
 *
 * <p>Not supported: TURN, several components, frozen pairs, TCP connections that we open, restarts (a new agent is made for new
 * credentials).
 */
public final class IceAgent {
    /** Most remote candidates that are kept. */
    public static final int MAX_REMOTE_CANDIDATES = 64;

    /** Most addresses that checked us and are remembered. */
    public static final int MAX_AUTHENTICATED = CheckList.MAX_AUTHENTICATED;

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MIN_RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int TRIES = 7;

    private final RandomGenerator random;
    private final IceListener listener;
    private final long startedAt;
    private final CheckMessages messages;
    private final CheckList checks;
    private final Consent consent;
    private final Roaming roaming = new Roaming();
    private final Map<CandidateKey, Candidate> candidates = new LinkedHashMap<>();

    private IceRole role;
    private long tieBreaker;
    private Optional<IceCredentials> remote = Optional.empty();
    private long nextPacedAt;
    private @Nullable CandidatePair selected;
    private @Nullable CandidatePair nominee;
    private boolean selectedIsGone;
    private boolean completed;
    private boolean over;

    /**
     * Starts the 30 s in which a path must work.
     *
     * @param role {@link IceRole#CONTROLLED} for whoever answers an offer
     * @param local what our description says
     * @param random unpredictable outside of tests
     */
    public IceAgent(IceRole role, IceCredentials local, RandomGenerator random, IceListener listener, long nowNanos) {
        this.role = role;
        this.random = random;
        this.listener = listener;
        this.startedAt = nowNanos;
        this.nextPacedAt = nowNanos;
        this.tieBreaker = random.nextLong();
        this.messages = new CheckMessages(local);
        this.checks = new CheckList(listener::forgotten);
        this.consent = new Consent(random);
    }

    /** Ours at the moment; a conflict may have turned it. */
    public IceRole role() {
        return role;
    }

    /** Where media goes, once there is a path. */
    public Optional<IcePath> selected() {
        return Optional.ofNullable(selected).map(CandidatePair::path);
    }

    /** Pairs held now, for tests of the bounds. */
    int pairs() {
        return checks.size();
    }

    int checksUnderWay() {
        return checks.checksUnderWay();
    }

    /**
     * The peer's description came. Saying the same again changes nothing.
     *
     * @param lite whether it says {@code a=ice-lite}; then we control
     * @throws IllegalStateException if it was another one before: a restart needs a new agent
     */
    public void remote(IceCredentials credentials, boolean lite, long nowNanos) {
        if (remote.isPresent()) {
            if (!remote.get().equals(credentials)) {
                throw new IllegalStateException("an ICE restart needs a new agent");
            }
            return;
        }
        remote = Optional.of(credentials);
        messages.remote(credentials);
        if (lite) {
            role = IceRole.CONTROLLING;
        }
        candidates.values().forEach(this::pairUp);
        checks.triggered().forEach(pair -> check(pair, false, nowNanos));
        pace(nowNanos);
    }

    /**
     * A candidate of the peer, before or after its description; one that came before is ignored, as is one we cannot send checks to.
     *
     * @return whether it was kept; false beyond {@value #MAX_REMOTE_CANDIDATES} and when all is over
     */
    public boolean addRemote(Candidate candidate, long nowNanos) {
        if (over) {
            return false;
        }
        CandidateKey key = CandidateKey.of(candidate);
        if (candidates.containsKey(key)) {
            return true;
        }
        if (candidates.size() >= MAX_REMOTE_CANDIDATES) {
            drop(IceDrop.CANDIDATE_LIMIT);
            return false;
        }
        candidates.put(key, candidate);
        if (remote.isPresent()) {
            pairUp(candidate);
            pace(nowNanos);
        }
        return true;
    }

    /** A datagram that {@link StunMessage#isStun begins like STUN} came on this path. */
    public void receive(IcePath path, byte[] data, int offset, int length, long nowNanos) {
        if (over) {
            return;
        }
        try {
            StunMessage message = StunMessage.parse(data, offset, length);
            if (message.hasFingerprint() && !message.isFingerprintRight()) {
                drop(IceDrop.FINGERPRINT);
            } else if (!message.isBinding()) {
                drop(IceDrop.NOT_A_CHECK);
            } else {
                switch (message.messageClass()) {
                    case REQUEST -> onRequest(path, message, nowNanos);
                    case SUCCESS, ERROR -> onAnswer(path, message, nowNanos);
                    case INDICATION -> drop(IceDrop.NOT_A_CHECK);
                }
            }
        } catch (MalformedException e) {
            drop(IceDrop.MALFORMED);
        }
    }

    /**
     * What carried this path is closed and will not come back. If it is the selected one, another that the peer answered on
     * lately takes its place; if there is none, the peer has until its consent expires to show itself.
     */
    public void gone(IcePath path, long nowNanos) {
        Optional<CandidatePair> found = over ? Optional.empty() : checks.find(path);
        if (found.isEmpty()) {
            return;
        }
        CandidatePair pair = found.get();
        checks.remove(pair);
        onFailed(pair);
        if (pair.isAuthenticated()) {
            listener.forgotten(path);
        }
        if (pair == selected) {
            selectedIsGone = true;
            checks.bestConsented(role, nowNanos).ifPresent(next -> select(next, false, nowNanos));
        }
    }

    /** Whether this is an answer to something that was asked. */
    public boolean awaits(byte[] data, int offset, int length) {
        return StunPeek.transactionOf(data, offset, length)
                .flatMap(checks::awaited)
                .isPresent();
    }

    /** Does what is due. Early or repeated calls do no harm. */
    public void tick(long nowNanos) {
        if (over) {
            return;
        }
        if (selected == null && nowNanos - startedAt >= CONNECT_NANOS) {
            end(IceLoss.NEVER_CONNECTED);
            return;
        }
        if (selected != null && consent.isExpired(nowNanos)) {
            end(IceLoss.CONSENT_EXPIRED);
            return;
        }
        checks.retransmit(nowNanos, check -> listener.send(check.pair().path(), check.packet()), this::onFailed);
        pace(nowNanos);
        if (selected != null && consent.isDue(nowNanos)) {
            askConsent(selected, nowNanos);
        }
        roam(nowNanos);
    }

    /** When to tick next; nothing when all is over. Any call may change it. */
    public OptionalLong nextDeadline() {
        if (over) {
            return OptionalLong.empty();
        }
        long next = selected == null ? startedAt + CONNECT_NANOS : consent.nextDeadline();
        OptionalLong retransmission = checks.nextDeadline();
        if (retransmission.isPresent()) {
            next = earlier(next, retransmission.getAsLong());
        }
        if (roaming.nextDeadline().isPresent()) {
            next = earlier(next, roaming.nextDeadline().getAsLong());
        }
        if (mayPace() && checks.nextWaiting(role).isPresent()) {
            next = earlier(next, nextPacedAt);
        }
        return OptionalLong.of(next);
    }

    private void onRequest(IcePath path, StunMessage request, long nowNanos) {
        Optional<IceDrop> flaw = messages.flawOf(request);
        if (flaw.isPresent()) {
            drop(flaw.get());
            return;
        }
        int[] unknown = request.unknownRequired();
        OptionalLong priority = request.priority();
        if (unknown.length > 0) {
            drop(IceDrop.BAD_REQUEST);
            listener.send(path, messages.unknownAttributes(request, unknown));
        } else if (priority.isEmpty()) {
            drop(IceDrop.BAD_REQUEST);
            listener.send(path, messages.badRequest(request));
        } else if (isRoleConflict(request, nowNanos)) {
            drop(IceDrop.ROLE_CONFLICT);
            listener.send(path, messages.roleConflict(request));
        } else {
            accept(path, request, priority.getAsLong(), nowNanos);
        }
    }

    private void accept(IcePath path, StunMessage request, long priority, long nowNanos) {
        boolean known = checks.find(path).map(CandidatePair::isAuthenticated).orElse(false);
        CandidatePair pair = checks.heard(path, priority, selected, nowNanos);
        listener.send(path, messages.success(request, path));
        if (!known) {
            listener.authenticated(path);
        }
        if (request.useCandidate() && role == IceRole.CONTROLLED) {
            nominated(pair, nowNanos);
        }
        if (completed && pair != selected && pair != nominee && selected != null) {
            if (roaming.heard(pair, selected, known, nowNanos) && pair.state() == CandidatePair.State.SUCCEEDED) {
                check(pair, false, nowNanos);
            }
        }
        trigger(pair, nowNanos);
    }

    // A router gave the viewer another port, or it came by another network, and its browser nominates nothing anew:
    // when the new way answers and the old one does not, media goes the new way.
    private void roam(long nowNanos) {
        CandidatePair old = selected;
        if (old == null) {
            return;
        }
        switch (roaming.due(nowNanos)) {
            case NOTHING -> {}
            case ASK_OLD -> askConsent(old, nowNanos);
            case MOVE -> roaming.take().ifPresent(pair -> select(pair, false, nowNanos));
        }
    }

    // RFC 8445, 7.3.1.1. The tie-breakers are unsigned; who has the greater one controls.
    private boolean isRoleConflict(StunMessage request, long nowNanos) {
        OptionalLong theirs = switch (role) {
            case CONTROLLING -> request.iceControlling();
            case CONTROLLED -> request.iceControlled();
        };
        if (theirs.isEmpty()) {
            return false;
        }
        boolean greater = Long.compareUnsigned(tieBreaker, theirs.getAsLong()) >= 0;
        if (greater == (role == IceRole.CONTROLLING)) {
            return true;
        }
        turnRole(nowNanos);
        return false;
    }

    private void turnRole(long nowNanos) {
        role = role.other();
        nominee = null;
        if (role == IceRole.CONTROLLING && !completed && selected != null) {
            nominate(selected, nowNanos);
        }
    }

    private void nominated(CandidatePair pair, long nowNanos) {
        if (pair.isConsented(nowNanos)) {
            select(pair, true, nowNanos);
        } else {
            nominee = pair;
        }
    }

    // RFC 8445, 7.3.1.4, without its queue: whoever knows our password waits for no turn.
    private void trigger(CandidatePair pair, long nowNanos) {
        if (remote.isEmpty()) {
            pair.triggerLater();
            return;
        }
        Check current = pair.current();
        boolean due = switch (pair.state()) {
            case WAITING, FAILED -> true;
            case IN_PROGRESS -> current == null || nowNanos - current.sentAt() >= PACE_NANOS;
            case SUCCEEDED -> pair == nominee;
        };
        if (due) {
            check(pair, pair == nominee, nowNanos);
        }
    }

    private void onAnswer(IcePath path, StunMessage answer, long nowNanos) {
        Optional<Check> awaited = checks.awaited(answer.transaction());
        if (awaited.isEmpty()) {
            drop(IceDrop.UNKNOWN_TRANSACTION);
            return;
        }
        Check check = awaited.get();
        if (!check.pair().path().isAnsweredBy(path)) {
            drop(IceDrop.ASYMMETRIC);
            return;
        }
        Optional<IceDrop> flaw = messages.flawOfAnswer(answer);
        if (flaw.isPresent()) {
            drop(flaw.get());
            return;
        }
        checks.answered(check);
        boolean understood = answer.unknownRequired().length == 0;
        if (understood && answer.messageClass() == StunClass.SUCCESS) {
            onSuccess(check, nowNanos);
        } else {
            drop(IceDrop.BAD_ANSWER);
            onError(check, understood && isRoleConflictError(answer), nowNanos);
        }
    }

    private static boolean isRoleConflictError(StunMessage answer) {
        return answer.errorCode().orElse(0) == CheckMessages.ROLE_CONFLICT;
    }

    private void onSuccess(Check check, long nowNanos) {
        CandidatePair pair = check.pair();
        pair.succeed(check, nowNanos);
        if (pair == selected) {
            consent.answered(nowNanos);
            roaming.oldAnswered();
        }
        if (role == IceRole.CONTROLLED ? pair == nominee : check.isNominating()) {
            select(pair, true, nowNanos);
            return;
        }
        if (selected == null || selectedIsGone) {
            select(pair, false, nowNanos);
        } else if (roaming.newAnswered(pair, nowNanos)) {
            roam(nowNanos);
        }
        if (role == IceRole.CONTROLLING && !completed && nominee == null) {
            nominate(pair, nowNanos);
        }
    }

    private void onError(Check check, boolean roleConflict, long nowNanos) {
        CandidatePair pair = check.pair();
        boolean isCurrent = check == pair.current();
        if (roleConflict) {
            if (isCurrent) {
                pair.rest();
            }
            if (check.role() == role) {
                tieBreaker = random.nextLong();
                turnRole(nowNanos);
            }
            pace(nowNanos);
        } else if (isCurrent) {
            pair.fail();
            onFailed(pair);
        }
    }

    private void onFailed(CandidatePair pair) {
        roaming.forget(pair);
        if (pair == nominee) {
            nominee = null;
        }
    }

    private void nominate(CandidatePair pair, long nowNanos) {
        nominee = pair;
        check(pair, true, nowNanos);
    }

    private void select(CandidatePair pair, boolean nominated, long nowNanos) {
        if (nominated) {
            nominee = null;
            if (!completed) {
                completed = true;
                checks.settle(pair);
            }
        }
        if (pair != selected) {
            selected = pair;
            selectedIsGone = false;
            roaming.end();
            consent.begin(pair.answeredAt(), nowNanos);
            listener.selected(pair.path());
        }
    }

    private void pairUp(Candidate candidate) {
        boolean ofThisSession = candidate
                .ufrag()
                .map(ufrag -> remote.isPresent() && ufrag.equals(remote.get().ufrag()))
                .orElse(true);
        if (ofThisSession && candidate.isCheckable()) {
            candidate.address().ifPresent(address -> checks.signal(IcePath.udp(address), candidate.priority()));
        }
    }

    private boolean mayPace() {
        return remote.isPresent() && !completed;
    }

    private void pace(long nowNanos) {
        if (!over && mayPace() && nowNanos - nextPacedAt >= 0) {
            checks.nextWaiting(role).ifPresent(pair -> {
                nextPacedAt = nowNanos + PACE_NANOS;
                check(pair, false, nowNanos);
            });
        }
    }

    private void check(CandidatePair pair, boolean nominating, long nowNanos) {
        // RFC 8445, 14.3: the more checks share the pace, the longer each waits before it goes out again.
        long rto = Math.max(MIN_RTO_NANOS, PACE_NANOS * checks.unsettled());
        int tries = pair.path().transport() == Transport.UDP ? TRIES : 1;
        Check check = newCheck(pair, nominating, new RetransmitTimer(rto, tries, nowNanos), nowNanos);
        checks.start(check);
        listener.send(pair.path(), check.packet());
    }

    private void askConsent(CandidatePair pair, long nowNanos) {
        consent.asked(nowNanos);
        Check check = newCheck(pair, false, new RetransmitTimer(MIN_RTO_NANOS, 1, nowNanos), nowNanos);
        checks.ask(check);
        listener.send(pair.path(), check.packet());
    }

    private Check newCheck(CandidatePair pair, boolean nominating, RetransmitTimer timer, long nowNanos) {
        TransactionId transaction = TransactionId.generate(random);
        boolean useCandidate = nominating && role == IceRole.CONTROLLING;
        byte[] packet = messages.request(transaction, pair.path(), role, tieBreaker, useCandidate);
        return new Check(transaction, pair, packet, role, useCandidate, nowNanos, timer);
    }

    private void end(IceLoss reason) {
        over = true;
        selected = null;
        nominee = null;
        checks.clear();
        candidates.clear();
        listener.lost(reason);
    }

    private void drop(IceDrop reason) {
        listener.dropped(reason);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** What makes a candidate the same as another (RFC 8445, 5.1.3). */
    private record CandidateKey(Transport transport, int component, String host, int port) {
        static CandidateKey of(Candidate candidate) {
            return new CandidateKey(candidate.transport(), candidate.component(), candidate.host(), candidate.port());
        }
    }
}
