package oriel.webrtc.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;

/**
 * Who the peer must be: the holder of a certificate whose fingerprint its SDP named (RFC 8827, 6.5). The kind of key is
 * looked at as bytes first, since merely to load some kinds (RSA of 16384 bits, curves of one's own making) costs
 * seconds.
 */
final class PeerIdentity {
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;

    private final List<Fingerprint> expected;

    /** @param expected of the peer's SDP, at least one */
    PeerIdentity(List<Fingerprint> expected) {
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("no fingerprint to check a certificate against");
        }
        this.expected = List.copyOf(expected);
    }

    /** Passes if the chain begins with the certificate that we wait for; whose key it is the handshake proves later. */
    void check(Certificate chain) throws IOException {
        if (chain.isEmpty()) {
            throw new RefusedException(AlertDescription.handshake_failure, "no certificate from the peer");
        }
        if (!(chain.getCertificateAt(0) instanceof BcTlsCertificate certificate)) {
            throw new RefusedException(AlertDescription.unsupported_certificate, "no X.509 certificate from the peer");
        }
        if (!Fingerprint.strongestMatches(expected, certificate.getEncoded())) {
            throw new RefusedException(
                    AlertDescription.bad_certificate, "the peer's certificate is not the one its SDP names");
        }
        if (!cheapKey(certificate.getCertificate().getSubjectPublicKeyInfo())) {
            throw new RefusedException(
                    AlertDescription.unsupported_certificate, "a key of an unusual kind in the peer's certificate");
        }
    }

    private static boolean cheapKey(SubjectPublicKeyInfo key) throws IOException {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        ASN1Encodable parameters = key.getAlgorithm().getParameters();
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return parameters instanceof ASN1ObjectIdentifier curve && CURVES.contains(curve);
        }
        if (!algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return false;
        }
        RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
        int bits = rsa.getModulus().bitLength();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS;
    }
}
