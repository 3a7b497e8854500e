package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;

/** Peers that must not get keys, and what they are told. */
@Timeout(60)
@SuppressWarnings({"rawtypes", "JdkObsolete", "JavaUtilDate"})
class DtlsRefusalTest {
    private static final SecureRandom RANDOM = ServerProbe.RANDOM;
    private static final BcTlsCrypto CRYPTO = new BcTlsCrypto(RANDOM);
    private static final DtlsCertificate VIEWER = DtlsCertificate.generate(RANDOM, Instant.now());
    private static final DtlsCertificate STRANGER = DtlsCertificate.generate(RANDOM, Instant.now());

    private final TrackedThreads threads = new TrackedThreads();

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        threads.assertAllEnded();
    }

    private static class Client extends ClientHandshake {
        short alert = -1;

        Client(DtlsCertificate certificate) {
            super(
                    CRYPTO,
                    certificate,
                    new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                    SrtpProfiles.PREFERRED);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            alert = description;
        }
    }

    private static class ClientShowing extends Client {
        private final byte[] shown;
        private final @Nullable AsymmetricKeyParameter key;
        private final short algorithm;

        ClientShowing(byte[] shown, @Nullable AsymmetricKeyParameter key, int algorithm) {
            super(VIEWER);
            this.shown = shown;
            this.key = key;
            this.algorithm = (short) algorithm;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    if (key == null) {
                        return null;
                    }
                    Certificate chain = new Certificate(new TlsCertificate[] {CRYPTO.createCertificate(shown)});
                    return new BcDefaultTlsCredentialedSigner(
                            new TlsCryptoParameters(context),
                            CRYPTO,
                            key,
                            chain,
                            SignatureAndHashAlgorithm.getInstance((short) 4, algorithm));
                }
            };
        }
    }

    private void assertRefused(ServerProbe server, Client client, String reason, short alert) throws Exception {
        assertThatThrownBy(() -> client.perform(new ClientNetwork(server))).isInstanceOf(IOException.class);
        assertThat(server.awaitFailed()).isEqualTo(reason);
        assertThat(client.alert).isEqualTo(alert);
        assertThat(server.connected).isNotDone();
        assertThat(server.limit.underWay()).isZero();
    }

    @Test
    void accept_certificateOfAnother_failsWithAnAlert() throws Exception {
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                new Client(STRANGER),
                "the peer's certificate is not the one its SDP names",
                AlertDescription.bad_certificate);
    }

    @Test
    void accept_noCertificate_fails() throws Exception {
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                new ClientShowing(new byte[0], null, 3),
                "no certificate from the peer",
                AlertDescription.handshake_failure);
    }

    @Test
    void accept_certificateOfWhichAnotherHoldsTheKey_fails() throws Exception {
        KeyPair other = keyPair("EC", 256);
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                new ClientShowing(VIEWER.encoded(), key(other), 3),
                "not acceptable from the peer: decrypt error",
                AlertDescription.decrypt_error);
    }

    @Test
    void accept_noSrtp_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            public Hashtable getClientExtensions() throws IOException {
                Hashtable extensions = super.getClientExtensions();
                extensions.remove(TlsSRTPUtils.EXT_use_srtp);
                return extensions;
            }
        };
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                client,
                "no SRTP wanted by the peer",
                AlertDescription.handshake_failure);
    }

    @Test
    void accept_unknownSrtpProfileOnly_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            @SuppressWarnings("unchecked")
            public Hashtable getClientExtensions() throws IOException {
                Hashtable extensions = super.getClientExtensions();
                extensions.put(TlsSRTPUtils.EXT_use_srtp, new byte[] {0, 2, 0, 8, 0}); // AES-256-GCM alone
                return extensions;
            }
        };
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                client,
                "no SRTP profile that both sides know",
                AlertDescription.handshake_failure);
    }

    @Test
    void accept_noExtendedMasterSecret_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            public boolean shouldUseExtendedMasterSecret() {
                return false;
            }

            @Override
            public boolean requiresExtendedMasterSecret() {
                return false;
            }
        };
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                client,
                "no extended master secret from the peer",
                AlertDescription.handshake_failure);
    }

    @Test
    void accept_clientThatKnowsOnlySha1_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
                return new Vector<>(List.of(SignatureAndHashAlgorithm.getInstance((short) 2, (short) 3)));
            }
        };
        assertRefused(
                ServerProbe.expecting(VIEWER, threads),
                client,
                "no ECDSA signature by SHA-256 known to the peer",
                AlertDescription.handshake_failure);
    }

    @Test
    void accept_curveThatWeDoNotSpeak_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
                return new Vector<>(List.of(org.bouncycastle.tls.NamedGroup.secp521r1));
            }
        };
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            assertThatThrownBy(() -> client.perform(new ClientNetwork(server))).isInstanceOf(IOException.class);
            assertThat(server.awaitFailed()).startsWith("not acceptable from the peer");
        }
    }

    @Test
    void accept_rsaCertificateOf2048Bits_connects() throws Exception {
        KeyPair pair = keyPair("RSA", 2048);
        byte[] certificate =
                certificate(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()), pair, "SHA256withRSA");
        List<Fingerprint> expected = List.of(Fingerprint.of(Fingerprint.Hash.SHA_512, certificate));
        try (ServerProbe server = ServerProbe.expecting(expected, threads)) {
            new ClientShowing(certificate, key(pair), 1).perform(new ClientNetwork(server));
            server.awaitConnected();
        }
    }

    @Test
    void accept_rsaKeyOf16384Bits_failsBeforeItIsLoaded() throws Exception {
        BigInteger modulus = new BigInteger(16_384, RANDOM).setBit(16_383).setBit(0);
        KeyPair pair = keyPair("RSA", 2048);
        assertUnusualKey(rsaKey(modulus, modulus.subtract(BigInteger.TWO)), pair);
    }

    @Test
    void accept_rsaKeyWithAGiantExponent_failsBeforeItIsLoaded() throws Exception {
        BigInteger modulus = new BigInteger(4096, RANDOM).setBit(4095).setBit(0);
        assertUnusualKey(rsaKey(modulus, modulus.subtract(BigInteger.TWO)), keyPair("RSA", 2048));
    }

    @Test
    void accept_rsaKeyOf1024Bits_fails() throws Exception {
        KeyPair pair = keyPair("RSA", 1024);
        assertUnusualKey(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()), pair);
    }

    private void assertUnusualKey(SubjectPublicKeyInfo shown, KeyPair signer) throws Exception {
        byte[] certificate = certificate(shown, signer, "SHA256withRSA");
        List<Fingerprint> expected = List.of(Fingerprint.of(Fingerprint.Hash.SHA_256, certificate));
        assertRefused(
                ServerProbe.expecting(expected, threads),
                new ClientShowing(certificate, key(signer), 1),
                "a key of an unusual kind in the peer's certificate",
                AlertDescription.unsupported_certificate);
    }

    @Test
    void accept_certificateNestedWithoutEnd_fails() throws Exception {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        byte[] inner = new byte[0];
        for (int depth = 0; depth < 3000; depth++) {
            nested.reset();
            nested.write(0x30);
            nested.write(0x82);
            nested.write(inner.length >> 8);
            nested.write(inner.length);
            nested.writeBytes(inner);
            inner = nested.toByteArray();
        }
        byte[] garbage = inner;
        Client client = new Client(VIEWER) {
            @Override
            public TlsAuthentication getAuthentication() {
                return new RawCertificate(garbage, super.getAuthentication());
            }
        };
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            assertThatThrownBy(() -> client.perform(new ClientNetwork(server))).isInstanceOf(IOException.class);
            assertThat(server.awaitFailed()).startsWith("unreadable from the peer");
        }
    }

    @Test
    void connect_serverWithAnotherCertificate_fails() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        CompletableFuture<String> refusal = new CompletableFuture<>();
        DtlsListener viewer = new DtlsListener() {
            @Override
            public void send(byte[] datagram) {
                server.engine.receive(datagram);
            }

            @Override
            public void connected(DtlsResult result) {
                refusal.complete("connected");
            }

            @Override
            public void failed(String reason) {
                refusal.complete(reason);
            }

            @Override
            public void closed() {
                refusal.complete("closed");
            }
        };
        DtlsEngine client = new DtlsConnector(VIEWER, RANDOM, Clock.system(), threads)
                .connect(List.of(STRANGER.fingerprint()), SrtpProfiles.PREFERRED, viewer);
        client.receive(server.sent.poll(10, TimeUnit.SECONDS));
        assertThat(refusal.get(10, TimeUnit.SECONDS)).isEqualTo("the peer's certificate is not the one its SDP names");
        assertThat(server.awaitFailed()).isEqualTo("the peer refuses: bad certificate");
    }

    @Test
    void handshake_peerSendsAnAlert_fails() throws Exception {
        Client client = new Client(VIEWER) {
            @Override
            public TlsAuthentication getAuthentication() {
                throw new IllegalStateException("this client fails on purpose");
            }
        };
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            assertThatThrownBy(() -> client.perform(new ClientNetwork(server))).isInstanceOf(IOException.class);
            assertThat(server.awaitFailed()).isEqualTo("the peer refuses: internal error");
        }
    }

    private static SubjectPublicKeyInfo rsaKey(BigInteger modulus, BigInteger exponent) throws IOException {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), new RSAPublicKey(modulus, exponent));
    }

    private static KeyPair keyPair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static AsymmetricKeyParameter key(KeyPair pair) throws IOException {
        return PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
    }

    private static byte[] certificate(SubjectPublicKeyInfo key, KeyPair signer, String algorithm) throws Exception {
        X500Name name = new X500Name("CN=viewer");
        Instant now = Instant.now();
        Date begin = Date.from(now.minusSeconds(60));
        Date end = Date.from(now.plusSeconds(3600));
        return new X509v3CertificateBuilder(name, BigInteger.TEN, begin, end, name, key)
                .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                .getEncoded();
    }
}
