package oriel.webrtc.dtls;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import oriel.base.Clock;

/**
 * Opens the conversations of viewers, whose side is the DTLS client ({@code a=setup:passive} in our answer): so it is
 * we who choose the SRTP profile, and AES-GCM costs half of what browsers would choose. To be called with the first
 * DTLS datagram of an address that has passed an authenticated ICE check, never before. Any thread.
 */
public final class DtlsAcceptor {
    private final DtlsCertificate certificate;
    private final BcTlsCrypto crypto;
    private final Clock clock;
    private final HandshakeLimit limit;
    private final Executor executor;

    /**
     * @param certificate the one whose fingerprint the answers name
     * @param executor gives each conversation a thread for life, so a virtual one
     */
    public DtlsAcceptor(
            DtlsCertificate certificate, SecureRandom random, Clock clock, HandshakeLimit limit, Executor executor) {
        this.certificate = certificate;
        this.crypto = new BcTlsCrypto(random);
        this.clock = clock;
        this.limit = limit;
        this.executor = executor;
    }

    /**
     * Begins a handshake, which has 10 s.
     *
     * @param viewer the fingerprints of the offer, at least one; a viewer with another certificate gets no further
     * @return empty if too many handshakes are under way: the viewer repeats its hello soon, and may be let in then
     */
    public Optional<DtlsEngine> accept(List<Fingerprint> viewer, DtlsListener listener) {
        PeerIdentity identity = new PeerIdentity(viewer);
        if (!limit.tryAcquire()) {
            return Optional.empty();
        }
        Handshake handshake = new ServerHandshake(crypto, certificate, identity);
        BcDtlsEngine engine = new BcDtlsEngine(handshake, DtlsGuard.againstClient(), listener, limit::release, clock);
        try {
            executor.execute(engine::run);
        } catch (RejectedExecutionException e) {
            limit.release();
            return Optional.empty();
        }
        return Optional.of(engine);
    }
}
