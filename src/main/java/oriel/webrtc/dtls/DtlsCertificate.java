package oriel.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import oriel.base.Bytes;

/**
 * Our side's self-signed certificate and its key, ECDSA on P-256. Made when it is first needed, for no start waits for it;
 * one serves all viewers, and nothing of it is ever written to a disk. Any thread.
 */
public final class DtlsCertificate {
    /** How it signs: ecdsa by sha256 (RFC 5246, 7.4.1.4.1). */
    static final SignatureAndHashAlgorithm SIGNATURE = SignatureAndHashAlgorithm.getInstance((short) 4, (short) 3);

    private static final ASN1ObjectIdentifier CURVE = SECObjectIdentifiers.secp256r1;
    private static final Duration VALID = Duration.ofDays(365);

    // Clocks of viewers differ; a certificate that begins today would be refused by one that is behind.
    private static final Duration BEGAN_BEFORE = Duration.ofDays(1);

    private static final int SERIAL_BITS = 120;

    private final SecureRandom random;
    private final Instant now;
    private @Nullable Made made; // guarded by this

    private record Made(AsymmetricKeyParameter privateKey, Bytes encoded) {}

    private DtlsCertificate(SecureRandom random, Instant now) {
        this.random = random;
        this.now = now;
    }

    /** A fresh one, valid from the day before {@code now} for a year. */
    public static DtlsCertificate generate(SecureRandom random, Instant now) {
        return new DtlsCertificate(random, now);
    }

    private synchronized Made made() {
        Made known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private Made make() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(CURVE, CustomNamedCurves.getByOID(CURVE)), random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            return new Made(pair.getPrivate(), Bytes.of(sign(pair, random, now.minus(BEGAN_BEFORE))));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // the builder takes no other
    private static byte[] sign(AsymmetricCipherKeyPair pair, SecureRandom random, Instant begin)
            throws IOException, OperatorCreationException {
        AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256WITHECDSA");
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        X500Name name = new X500Name("CN=oriel");
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
        BcX509v3CertificateBuilder builder = new BcX509v3CertificateBuilder(
                name, serial, Date.from(begin), Date.from(begin.plus(VALID)), name, pair.getPublic());
        BcECContentSignerBuilder signer = new BcECContentSignerBuilder(signature, digest);
        return builder.build(signer.setSecureRandom(random).build(pair.getPrivate()))
                .getEncoded();
    }

    /** What an answer says of it: {@code sha-256 AA:BB:...}. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(Fingerprint.Hash.SHA_256, encoded());
    }

    /** The certificate alone, DER. */
    public byte[] encoded() {
        return made().encoded().toArray();
    }

    /** Signs for this certificate in one handshake. */
    TlsCredentialedSigner signer(TlsContext context, BcTlsCrypto crypto) throws IOException {
        Certificate chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded())});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, made().privateKey(), chain, SIGNATURE);
    }
}
