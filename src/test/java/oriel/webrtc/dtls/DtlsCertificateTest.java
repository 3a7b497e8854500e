package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DtlsCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static X509Certificate decoded(DtlsCertificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
    }

    @Test
    void generate_givesAYearFromYesterdayOnP256() throws Exception {
        X509Certificate certificate = decoded(DtlsCertificate.generate(ServerProbe.RANDOM, NOW));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo("2026-11-19T12:00:00Z");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2027-11-19T12:00:00Z");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=oriel");
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
    }

    @Test
    void generate_twice_givesDifferentOnes() throws Exception {
        DtlsCertificate one = DtlsCertificate.generate(ServerProbe.RANDOM, NOW);
        DtlsCertificate other = DtlsCertificate.generate(ServerProbe.RANDOM, NOW);
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
        assertThat(decoded(one).getSerialNumber())
                .isPositive()
                .isNotEqualTo(decoded(other).getSerialNumber());
    }

    @Test
    void fingerprint_isOfTheWholeCertificate() {
        DtlsCertificate certificate = DtlsCertificate.generate(ServerProbe.RANDOM, NOW);
        assertThat(certificate.fingerprint().matches(certificate.encoded())).isTrue();
        assertThat(certificate.fingerprint().toString()).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void result_asText_hidesTheKeys() {
        DtlsResult result = new DtlsResult(7, oriel.base.Bytes.ofHex("cafebabe"), false, 0xC02B);
        assertThat(result.toString()).doesNotContain("cafebabe").contains("profileId=7");
    }
}
