package oriel.webrtc.dtls;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import oriel.base.Clock;

/**
 * Opens a conversation as the DTLS client: what a viewer does. For the warm-up, and for viewers in tests. Any thread.
 */
public final class DtlsConnector {
    private final DtlsCertificate certificate;
    private final BcTlsCrypto crypto;
    private final Clock clock;
    private final Executor executor;

    /** @param executor gives each conversation a thread for life, so a virtual one */
    public DtlsConnector(DtlsCertificate certificate, SecureRandom random, Clock clock, Executor executor) {
        this.certificate = certificate;
        this.crypto = new BcTlsCrypto(random);
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Begins a handshake, which has 10 s; the listener's first datagram is the client's hello.
     *
     * @param server the fingerprints that the server's SDP named, at least one
     * @param profiles the SRTP profiles to offer, in this order
     */
    public DtlsEngine connect(List<Fingerprint> server, List<Integer> profiles, DtlsListener listener) {
        Handshake handshake = new ClientHandshake(crypto, certificate, new PeerIdentity(server), profiles);
        BcDtlsEngine engine = new BcDtlsEngine(handshake, DtlsGuard.againstServer(), listener, () -> {}, clock);
        executor.execute(engine::run);
        return engine;
    }
}
