package oriel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.MalformedException;
import oriel.base.Secret;

class DigestAnswerTest {
    private static final Credentials MUFASA = new Credentials("Mufasa", Secret.of("Circle of Life"));
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void authorization_rfc7616Example_matches(String algorithm, String response) throws MalformedException {
        DigestAnswer answer = answer(
                MUFASA,
                CNONCE,
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                        + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");

        assertThat(answer.authorization("GET", "/dir/index.html"))
                .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " response=\"" + response + "\", algorithm=" + algorithm
                        + ", qop=auth, nc=00000001, cnonce=\"" + CNONCE + "\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    // RFC 7616, 3.9.2, with the figures of erratum 4897: those in the text were made with a wrong hash.
    @Test
    void authorization_rfc7616UserhashExample_matches() throws MalformedException {
        DigestAnswer answer = answer(
                new Credentials("J\u00e4s\u00f8n Doe", Secret.of("Secret, or not?")),
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true");

        assertThat(answer.authorization("GET", "/doe.json"))
                .contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"")
                .contains("userhash=true")
                .contains("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\"");
    }

    @Test
    void authorization_rfc2617Example_matches() throws MalformedException {
        DigestAnswer answer = answer(
                new Credentials("Mufasa", Secret.of("Circle Of Life")),
                "0a4f113b",
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        assertThat(answer.authorization("GET", "/dir/index.html"))
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .doesNotContain("algorithm");
    }

    // RFC 2069, 2.4, with the figure of its erratum 749.
    @Test
    void authorization_withoutQop_answersAsRfc2069() throws MalformedException {
        DigestAnswer answer = answer(
                new Credentials("Mufasa", Secret.of("CircleOfLife")),
                CNONCE,
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        assertThat(answer.authorization("GET", "/dir/index.html"))
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("nc=")
                .doesNotContain("cnonce=");
    }

    // Worked out by hand: MD5(MD5("u:r:p") ":n1:c") hashed on, see RFC 7616, 3.4.2.
    @ParameterizedTest
    @CsvSource({"MD5-sess", "SHA-256-sess", "sha-256-SESS"})
    void authorization_session_hashesTheFirstNonceForGood(String algorithm) throws MalformedException {
        DigestAnswer answer = answer(
                new Credentials("u", Secret.of("p")),
                "c",
                "Digest realm=\"r\", nonce=\"n1\", qop=auth, algorithm=" + algorithm);
        DigestAlgorithm hash = DigestAlgorithm.of(algorithm).orElseThrow();
        String secret = hex(hash, hex(hash, "u:r:p") + ":n1:c");

        assertThat(answer.authorization("DESCRIBE", "rtsp://h/a"))
                .contains("response=\"" + hex(hash, secret + ":n1:00000001:c:auth:" + hex(hash, "DESCRIBE:rtsp://h/a"))
                        + "\"");

        answer.accept(Optional.of("n2"));
        assertThat(answer.authorization("PLAY", "rtsp://h/a"))
                .contains("nonce=\"n2\"")
                .contains("response=\"" + hex(hash, secret + ":n2:00000001:c:auth:" + hex(hash, "PLAY:rtsp://h/a"))
                        + "\"");
    }

    @Test
    void authorization_eachUse_countsTheNonce() throws MalformedException {
        DigestAnswer answer = answer(MUFASA, CNONCE, "Digest realm=r, nonce=n, qop=auth");

        assertThat(answer.authorization("A", "x")).contains("nc=00000001");
        assertThat(answer.authorization("B", "x")).contains("nc=00000002");
        answer.accept(Optional.empty());
        assertThat(answer.authorization("C", "x")).contains("nc=00000003");
        answer.accept(Optional.of("n"));
        assertThat(answer.authorization("D", "x")).contains("nc=00000004").contains("nonce=\"n\"");
        answer.accept(Optional.of("m"));
        assertThat(answer.authorization("E", "x")).contains("nc=00000001").contains("nonce=\"m\"");
    }

    @Test
    void authorization_quotesInNames_areEscaped() throws MalformedException {
        DigestAnswer answer = answer(
                new Credentials("a\"b\\c", Secret.of("")), CNONCE, "Digest realm=\"x\\\"y\", nonce=n, algorithm=MD5");

        assertThat(answer.authorization("A", "x"))
                .contains("username=\"a\\\"b\\\\c\"")
                .contains("realm=\"x\\\"y\"");
    }

    @Test
    void authorization_userBeyondAscii_isExtendedOnlyForServersThatReadUtf8() throws MalformedException {
        Credentials user = new Credentials("J\u00e4n D", Secret.of(""));

        assertThat(answer(user, CNONCE, "Digest realm=r, nonce=n").authorization("A", "x"))
                .contains("username=\"J\u00e4n D\"");
        assertThat(answer(user, CNONCE, "Digest realm=r, nonce=n, charset=utf-8")
                        .authorization("A", "x"))
                .contains("username*=UTF-8''J%C3%A4n%20D,");
    }

    @Test
    void to_whatWeDoNotSpeak_givesNone() throws MalformedException {
        assertThat(maybe("Digest realm=r, nonce=n, algorithm=SHA3")).isEmpty();
        assertThat(maybe("Digest realm=r, nonce=n, qop=auth-int")).isEmpty();
        assertThat(maybe("Basic realm=r")).isEmpty();
        assertThat(maybe("Digest realm=r, nonce=n, algorithm=SHA256, qop=\"\"")).isPresent();
    }

    private static DigestAnswer answer(Credentials credentials, String cnonce, String header)
            throws MalformedException {
        return DigestAnswer.to(Challenge.parse(List.of(header)).getFirst(), credentials, cnonce)
                .orElseThrow();
    }

    private static Optional<DigestAnswer> maybe(String header) throws MalformedException {
        return DigestAnswer.to(Challenge.parse(List.of(header)).getFirst(), MUFASA, CNONCE);
    }

    private static String hex(DigestAlgorithm algorithm, String text) {
        return algorithm.hex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
