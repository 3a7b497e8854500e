package oriel.webrtc;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import oriel.base.MalformedException;
import oriel.metrics.Drops;
import oriel.rtp.RtcpPacket;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.dtls.DtlsEngine;
import oriel.webrtc.dtls.DtlsListener;
import oriel.webrtc.dtls.DtlsResult;
import oriel.webrtc.dtls.Fingerprint;
import oriel.webrtc.ice.Candidate;
import oriel.webrtc.ice.IceAgent;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IceDrop;
import oriel.webrtc.ice.IceListener;
import oriel.webrtc.ice.IceLoss;
import oriel.webrtc.ice.IcePath;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.srtp.PacketProtector;
import oriel.webrtc.srtp.RtcpProtector;
import oriel.webrtc.srtp.RtcpUnprotector;
import oriel.webrtc.srtp.SrtpKeying;
import oriel.webrtc.srtp.SrtpProfile;

/**
 * One peer that offered, from its first STUN check to its goodbye: datagrams and the time go in, datagrams and news come
 * out; no socket, no clock. Splits what comes by the first byte (RFC 7983) among ICE, DTLS and SRTCP. Media goes past it,
 * through its {@link #protector}. Belongs to one loop at a time; the DTLS engine's own thread comes in by the executor
 * that was handed in.
 */
public final class PeerSession {
    private static final int STUN_MAX = 3;
    private static final int DTLS_MIN = 20;
    private static final int DTLS_MAX = 63;
    private static final int RTP_MIN = 128;
    private static final int RTP_MAX = 191;
    // RTCP's packet types as RTP would read them, marker and payload type together (RFC 5761, 4).
    private static final int RTCP_TYPE_MIN = 192;
    private static final int RTCP_TYPE_MAX = 223;
    private static final int MAX_DATAGRAM = 2048;

    private final boolean iceLite;
    private final List<Fingerprint> fingerprints;
    private final DtlsAcceptor acceptor;
    private final Executor owner;
    private final PeerListener listener;
    private final RandomGenerator random;
    private final Drops drops;
    private final byte[] scratch = new byte[MAX_DATAGRAM];

    private volatile IceRun ice; // the loop writes
    private @Nullable IceRun renewed; // a restart under way; media stays on the old way until the new one works
    private Optional<DtlsEngine> dtls = Optional.empty();
    private Optional<IcePath> dtlsPath = Optional.empty();
    private @Nullable PacketProtector protector;
    private @Nullable RtcpProtector rtcpOut;
    private @Nullable RtcpUnprotector rtcpIn;
    private boolean announced;
    private boolean ended;

    /**
     * Begins; the peer has 30 s to come.
     *
     * @param local our credentials, as the answer says them
     * @param acceptor opens the DTLS conversation when the peer has shown itself
     * @param owner runs what the DTLS thread brings on the loop that owns this session
     * @param drops counts what is thrown away
     */
    public PeerSession(
            Offer offer,
            IceCredentials local,
            DtlsAcceptor acceptor,
            Executor owner,
            RandomGenerator random,
            PeerListener listener,
            Drops drops,
            long nowNanos)
            throws MalformedException {
        this.iceLite = offer.iceLite();
        this.fingerprints = offer.fingerprints();
        this.acceptor = acceptor;
        this.owner = owner;
        this.listener = listener;
        this.drops = drops;
        this.random = random;
        this.ice = new IceRun(local, nowNanos);
        IceCredentials remote =
                IceCredentials.parse(offer.ufrag(), offer.password().reveal());
        ice.agent.remote(remote, iceLite, nowNanos);
        offer.candidates().forEach(candidate -> addCandidate(candidate, nowNanos));
    }

    /** A candidate of the peer; one that makes no sense is counted and passed over. */
    public void addCandidate(String line, long nowNanos) {
        if (ended || line.isBlank()) {
            return;
        }
        try {
            IceAgent newest = (renewed == null ? ice : renewed).agent;
            newest.addRemote(Candidate.parse(line), nowNanos);
        } catch (MalformedException e) {
            drops.count("candidate-malformed");
        }
    }

    /** A datagram that came on this path; the array is the caller's again afterwards. */
    public void receive(IcePath path, byte[] data, int length, long nowNanos) {
        if (ended || length < 1) {
            return;
        }
        int first = data[0] & 0xFF;
        if (first <= STUN_MAX) {
            runOf(data, length).agent.receive(path, data, 0, length, nowNanos);
        } else if (!isAuthenticated(path)) {
            drops.count("not-authenticated");
        } else if (first >= DTLS_MIN && first <= DTLS_MAX) {
            dtlsDatagram(path, Arrays.copyOf(data, length));
        } else if (first >= RTP_MIN && first <= RTP_MAX) {
            media(data, length);
        } else {
            drops.count("first-byte");
        }
    }

    /** Does what is due at this time. */
    public void tick(long nowNanos) {
        if (!ended) {
            ice.agent.tick(nowNanos);
            IceRun other = renewed;
            if (other != null && !ended) {
                other.agent.tick(nowNanos);
            }
        }
    }

    /** What carried this path is closed and will not come back. */
    public void gone(IcePath path, long nowNanos) {
        if (!ended) {
            ice.agent.gone(path, nowNanos);
            IceRun other = renewed;
            if (other != null) {
                other.agent.gone(path, nowNanos);
            }
        }
    }

    /**
     * The peer begins ICE anew, with another name and password (RFC 8445, 9), while keys and media stay. Media goes its old
     * way until a new one works; if none does in 30 s, it stays. A restart that is under way gives way to this one, and {@link
     * PeerListener#retired} names whose credentials count no more.
     *
     * @param local our new credentials, for the answer
     * @param remote the peer's new ones; candidates that are added from now on belong to them
     */
    public void restart(IceCredentials local, IceCredentials remote, long nowNanos) {
        if (ended) {
            return;
        }
        IceRun before = renewed;
        IceRun run = new IceRun(local, nowNanos);
        renewed = run;
        if (before != null) {
            retire(before);
        }
        run.agent.remote(remote, iceLite, nowNanos);
    }

    /** When to tick next; nothing when all is over. */
    public OptionalLong nextDeadline() {
        if (ended) {
            return OptionalLong.empty();
        }
        OptionalLong one = ice.agent.nextDeadline();
        OptionalLong other = renewed == null ? OptionalLong.empty() : renewed.agent.nextDeadline();
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() < 0 ? one : other;
    }

    /** Where media goes, once connected. */
    public Optional<IcePath> path() {
        return ice.agent.selected();
    }

    /**
     * Encrypts media for this peer; after {@link PeerListener#connected}.
     *
     * @throws IllegalStateException before
     */
    public PacketProtector protector() {
        if (protector == null) {
            throw new IllegalStateException("no keys yet");
        }
        return protector;
    }

    /** Encrypts and sends one compound RTCP packet; nothing before the keys are there. */
    public void sendRtcp(byte[] plain, int length) {
        Optional<IcePath> path = path();
        if (rtcpOut == null || path.isEmpty() || ended) {
            return;
        }
        int total = rtcpOut.protect(plain, 0, length, scratch, 0);
        listener.send(path.get(), scratch, 0, total);
    }

    /** Says goodbye and ends it; the listener hears {@code reason}. */
    public void close(String reason) {
        end(reason);
    }

    private void dtlsDatagram(IcePath path, byte[] datagram) {
        dtlsPath = Optional.of(path);
        if (dtls.isEmpty()) {
            dtls = acceptor.accept(fingerprints, new DtlsEvents());
            if (dtls.isEmpty()) {
                // The peer repeats its hello in a second.
                drops.count("handshakes-full");
                return;
            }
        }
        dtls.get().receive(datagram);
    }

    private void media(byte[] data, int length) {
        boolean rtcp = length > 1 && (data[1] & 0xFF) >= RTCP_TYPE_MIN && (data[1] & 0xFF) <= RTCP_TYPE_MAX;
        if (!rtcp) {
            drops.count("unasked-media");
            return;
        }
        if (rtcpIn == null) {
            drops.count("rtcp-before-keys");
            return;
        }
        try {
            int plain = rtcpIn.unprotect(data, 0, length, scratch, 0);
            listener.rtcp(RtcpPacket.parseCompound(scratch, 0, plain));
        } catch (MalformedException e) {
            drops.count(e.reason());
        }
    }

    private void keys(DtlsResult result) {
        if (ended) {
            return;
        }
        Optional<SrtpProfile> profile = SrtpProfile.of(result.profileId());
        if (profile.isEmpty()) {
            end("the viewer's encryption is not one of ours");
            return;
        }
        SrtpKeying keying = SrtpKeying.of(profile.get(), result.exporter().toArray());
        protector = PacketProtector.of(keying.server());
        rtcpOut = new RtcpProtector(keying.server());
        rtcpIn = new RtcpUnprotector(keying.client());
        announce();
    }

    // Both are needed: keys, and a path on which the peer wants to hear from us.
    private void announce() {
        if (!announced && !ended && protector != null && path().isPresent()) {
            announced = true;
            listener.connected();
        }
    }

    private void end(String reason) {
        if (!ended) {
            ended = true;
            dtls.ifPresent(DtlsEngine::close);
            listener.ended(reason);
        }
    }

    private void sendDtls(byte[] datagram) {
        // After the end too: the close_notify is on its way then.
        path().or(() -> dtlsPath).ifPresent(path -> listener.send(path, datagram, 0, datagram.length));
    }

    // By the name in a check, by what was asked in an answer.
    private IceRun runOf(byte[] data, int length) {
        IceRun other = renewed;
        if (other == null) {
            return ice;
        }
        String name = StunMessage.localUfragOf(data, 0, length);
        boolean others = name.isEmpty() ? other.agent.awaits(data, 0, length) : name.equals(other.local.ufrag());
        return others ? other : ice;
    }

    private boolean isAuthenticated(IcePath path) {
        return ice.authenticated.contains(path) || (renewed != null && renewed.authenticated.contains(path));
    }

    // The new way works: media goes there from now on.
    private void takeOver(IceRun run) {
        IceRun old = ice;
        ice = run;
        renewed = null;
        retire(old);
    }

    private void retire(IceRun run) {
        run.retired = true;
        Set<IcePath> left = Set.copyOf(run.authenticated);
        run.authenticated.clear();
        left.stream().filter(path -> !isAuthenticated(path)).forEach(listener::forgotten);
        listener.retired(run.local);
    }

    private void lost(IceRun run, IceLoss reason) {
        run.lost = true;
        IceRun other = renewed;
        if (run == other) {
            drops.count("ice-restart");
            renewed = null;
            retire(run);
        }
        if (ice.lost && (other == null || other.lost)) {
            drops.count(
                    switch (reason) {
                        case NEVER_CONNECTED -> "viewer-unreached";
                        case CONSENT_EXPIRED -> "viewer-silent";
                    });
            end(
                    switch (reason) {
                        case NEVER_CONNECTED -> "no way to the viewer was found in 30 s";
                        case CONSENT_EXPIRED -> "the viewer has not answered for 15 s";
                    });
        }
    }

    /** ICE from one exchange of credentials to the next. */
    private final class IceRun implements IceListener {
        private final IceCredentials local;
        private final IceAgent agent;
        private final Set<IcePath> authenticated = new HashSet<>();
        private boolean lost;
        private boolean retired;

        IceRun(IceCredentials local, long nowNanos) {
            this.local = local;
            this.agent = new IceAgent(IceRole.CONTROLLED, local, random, this, nowNanos);
        }

        @Override
        public void send(IcePath path, byte[] packet) {
            if (!retired) {
                listener.send(path, packet, 0, packet.length);
            }
        }

        @Override
        public void authenticated(IcePath path) {
            if (!retired) {
                authenticated.add(path);
                listener.authenticated(path);
            }
        }

        @Override
        public void selected(IcePath path) {
            if (this == renewed) {
                takeOver(this);
            }
            // The agent must not be asked from within its own call.
            owner.execute(PeerSession.this::announce);
        }

        @Override
        public void forgotten(IcePath path) {
            authenticated.remove(path);
            if (!retired && !isAuthenticated(path)) {
                listener.forgotten(path);
            }
        }

        @Override
        public void dropped(IceDrop reason) {
            drops.count(reason.word());
        }

        @Override
        public void lost(IceLoss reason) {
            if (!retired) {
                PeerSession.this.lost(this, reason);
            }
        }
    }

    private final class DtlsEvents implements DtlsListener {
        @Override
        public void send(byte[] datagram) {
            owner.execute(() -> sendDtls(datagram));
        }

        @Override
        public void connected(DtlsResult result) {
            owner.execute(() -> keys(result));
        }

        @Override
        public void dropped(String reason) {
            drops.count(reason);
        }

        @Override
        public void failed(String reason) {
            drops.count("handshake-failed");
            owner.execute(() -> end(reason));
        }

        @Override
        public void closed() {
            owner.execute(() -> end("the viewer left"));
        }
    }
}
