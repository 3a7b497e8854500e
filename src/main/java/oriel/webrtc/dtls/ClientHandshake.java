package oriel.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.RenegotiationPolicy;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The other end of {@link ServerHandshake}, with the same demands. Tests make worse clients of it. */
@SuppressWarnings({"rawtypes", "JdkObsolete"}) // Hashtable and Vector are Bouncy Castle's
class ClientHandshake extends DefaultTlsClient implements Handshake {
    private final BcTlsCrypto crypto;
    private final DtlsCertificate certificate;
    private final PeerIdentity server;
    private final int[] profiles;
    private int profile;
    private @Nullable DtlsResult result;

    /** @param profiles what to offer, in this order */
    ClientHandshake(BcTlsCrypto crypto, DtlsCertificate certificate, PeerIdentity server, List<Integer> profiles) {
        super(crypto);
        this.crypto = crypto;
        this.certificate = certificate;
        this.server = server;
        this.profiles = profiles.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public DTLSTransport perform(DatagramTransport network) throws IOException {
        return new DTLSClientProtocol().connect(this, network);
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
        return TlsUtils.getSupportedCipherSuites(crypto, ServerHandshake.SUITES);
    }

    @Override
    protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
        return new Vector<>(List.of(NamedGroup.x25519, NamedGroup.secp256r1));
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return ServerHandshake.signatures();
    }

    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        UseSRTPData srtp = serverExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
        if (srtp == null || srtp.getProtectionProfiles().length != 1) {
            throw new RefusedException(AlertDescription.handshake_failure, "no SRTP profile that both sides know");
        }
        profile = srtp.getProtectionProfiles()[0];
        if (!SrtpProfiles.PREFERRED.contains(profile)) {
            throw new RefusedException(AlertDescription.illegal_parameter, "an SRTP profile that was not offered");
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                server.check(shown.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return certificate.signer(context, crypto);
            }
        };
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

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return ServerHandshake.MAX_CHAIN;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return ServerHandshake.RESEND_MILLIS;
    }
}
