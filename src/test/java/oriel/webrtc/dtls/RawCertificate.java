package oriel.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.TlsVerifier;

/** Shows any bytes as a certificate. */
record RawCertificate(byte[] encoded, TlsAuthentication honest) implements TlsAuthentication, TlsCertificate {
    @Override
    public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        honest.notifyServerCertificate(certificate);
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        TlsCredentialedSigner signer = (TlsCredentialedSigner) honest.getClientCredentials(request);
        Certificate chain = new Certificate(new TlsCertificate[] {this});
        return new TlsCredentialedSigner() {
            @Override
            public byte[] generateRawSignature(byte[] hash) throws IOException {
                return signer.generateRawSignature(hash);
            }

            @Override
            public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
                return signer.getSignatureAndHashAlgorithm();
            }

            @Override
            public TlsStreamSigner getStreamSigner() throws IOException {
                return signer.getStreamSigner();
            }

            @Override
            public Certificate getCertificate() {
                return chain;
            }
        };
    }

    @Override
    public byte[] getEncoded() {
        return encoded;
    }

    @Override
    public boolean supportsSignatureAlgorithm(short algorithm) {
        return true;
    }

    @Override
    public boolean supportsSignatureAlgorithmCA(short algorithm) {
        return true;
    }

    @Override
    public short getLegacySignatureAlgorithm() {
        return 3;
    }

    @Override
    public TlsCertificate checkUsageInRole(int role) {
        return this;
    }

    @Override
    public TlsEncryptor createEncryptor(int role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TlsVerifier createVerifier(short algorithm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tls13Verifier createVerifier(int scheme) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getExtension(ASN1ObjectIdentifier oid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.ONE;
    }

    @Override
    public String getSigAlgOID() {
        return "1.2.3";
    }

    @Override
    public ASN1Encodable getSigAlgParams() {
        throw new UnsupportedOperationException();
    }
}
