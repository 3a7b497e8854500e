package oriel.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.RenegotiationPolicy;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * Our end of a viewer's handshake. Refuses, with an alert and before any key is made: no {@code use_srtp} that we share
 * (RFC 5764), no extended master secret (RFC 7627), no certificate or another one than the offer's. The keys are taken
 * when the client's last message has proved that it holds the certificate's key.
 */
@SuppressWarnings({"rawtypes", "JdkObsolete"}) // Hashtable and Vector are Bouncy Castle's
final class ServerHandshake extends DefaultTlsServer implements Handshake {
    /**
     * Authenticated ciphers only; all browsers have the first two. ChaCha20 leads: Bouncy Castle's GCM keeps 22 kB of
     * tables for as long as a viewer stays, for the sake of a goodbye. Media is SRTP's, whatever is chosen here.
     */
    static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    };

    /** Before a flight is repeated; doubled each time. The default of a second is a long time on a local network. */
    static final int RESEND_MILLIS = 250;

    /** Certificates of a chain; browsers send one. */
    static final int MAX_CHAIN = 3;

    private final BcTlsCrypto crypto;
    private final DtlsCertificate certificate;
    private final PeerIdentity viewer;
    private int profile;
    private @Nullable DtlsResult result;

    ServerHandshake(BcTlsCrypto crypto, DtlsCertificate certificate, PeerIdentity viewer) {
        super(crypto);
        this.crypto = crypto;
        this.certificate = certificate;
        this.viewer = viewer;
    }

    @Override
    public DTLSTransport perform(DatagramTransport network) throws IOException {
        return new DTLSServerProtocol().accept(this, network);
    }

    @Override
    public DtlsResult result() {
        if (result == null) {
            throw new IllegalStateException("the handshake is not complete");
        }
        return result;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(crypto, SUITES);
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    // The client's order among the two; the library's own choice would also take curves that are ten times dearer.
    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1;
        }
        for (int group : offered) {
            if (group == NamedGroup.x25519 || group == NamedGroup.secp256r1) {
                return group;
            }
        }
        return -1;
    }

    @Override
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        if (clientExtensions == null || !TlsExtensionsUtils.hasExtendedMasterSecretExtension(clientExtensions)) {
            throw new RefusedException(AlertDescription.handshake_failure, "no extended master secret from the peer");
        }
        UseSRTPData srtp = TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
        if (srtp == null) {
            throw new RefusedException(AlertDescription.handshake_failure, "no SRTP wanted by the peer");
        }
        profile = chosenProfile(srtp.getProtectionProfiles());
    }

    private static int chosenProfile(int[] offered) throws RefusedException {
        for (int ours : SrtpProfiles.PREFERRED) {
            for (int theirs : offered) {
                if (ours == theirs) {
                    return ours;
                }
            }
        }
        throw new RefusedException(AlertDescription.handshake_failure, "no SRTP profile that both sides know");
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
        // The key identifier stays empty: we use none, whatever the client proposed (RFC 5764, 4.1.3).
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile}, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        Vector known = context.getSecurityParametersHandshake().getClientSigAlgs();
        if (known == null || !known.contains(DtlsCertificate.SIGNATURE)) {
            throw new RefusedException(
                    AlertDescription.handshake_failure, "no ECDSA signature by SHA-256 known to the peer");
        }
        return certificate.signer(context, crypto);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, signatures(), null);
    }

    /** What a peer may sign by: no SHA-1. */
    static Vector<SignatureAndHashAlgorithm> signatures() {
        Vector<SignatureAndHashAlgorithm> signatures = new Vector<>();
        for (short hash = 4; hash <= 6; hash++) { // sha256, sha384, sha512 (RFC 5246, 7.4.1.4.1)
            signatures.add(SignatureAndHashAlgorithm.getInstance(hash, (short) 3)); // ecdsa
            signatures.add(SignatureAndHashAlgorithm.getInstance(hash, (short) 1)); // rsa
        }
        return signatures;
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        viewer.check(chain);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        result = SrtpProfiles.export(context, profile);
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public int getRenegotiationPolicy() {
        return RenegotiationPolicy.DENY;
    }

    // The fingerprint pins the certificate; who signed it, and how, says nothing more.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return MAX_CHAIN;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return DtlsGuard.MAX_MESSAGE_BYTES;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }
}
