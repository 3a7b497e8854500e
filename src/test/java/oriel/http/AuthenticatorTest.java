package oriel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.http.Authenticator.Verdict;

class AuthenticatorTest {
    private static final boolean CLEAR = false;
    private static final boolean TLS = true;
    private static final String BASIC = "Basic realm=\"cam\"";

    private final Authenticator authenticator = authenticator(new Credentials("admin", Secret.of("p\u00e4ss:w@rd")));

    @Test
    void authorization_beforeAnyChallenge_isEmpty() {
        assertThat(authenticator.authorization("DESCRIBE", "rtsp://h/")).isEmpty();
    }

    @Test
    void onUnauthorized_onlyBasicOffered_answersInUtf8() throws MalformedException {
        assertThat(challenge(CLEAR, BASIC)).isEqualTo(Verdict.RETRY);
        // base64 of 61 64 6d 69 6e 3a 70 c3 a4 73 73 3a 77 40 72 64
        assertThat(authenticator.authorization("DESCRIBE", "rtsp://h/")).contains("Basic YWRtaW46cMOkc3M6d0ByZA==");
        assertThat(challenge(CLEAR, BASIC)).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void onUnauthorized_severalOffered_takesTheStrongest() throws MalformedException {
        challenge(CLEAR, BASIC, digest("1", "MD5"), digest("2", "SHA-256"), digest("3", "SHA-512-256"));

        assertThat(authorization())
                .startsWith("Digest ")
                .contains("nonce=\"2\"")
                .contains("algorithm=SHA-256");
    }

    @Test
    void onUnauthorized_unknownAlgorithmBesideMd5_takesMd5() throws MalformedException {
        challenge(CLEAR, digest("1", "SHA3-512"), digest("2", "MD5"));

        assertThat(authorization()).contains("nonce=\"2\"");
    }

    @Test
    void onUnauthorized_withoutCredentials_isRefused() throws MalformedException {
        Authenticator nobody = new Authenticator(Optional.empty(), new Random(1));

        assertThat(nobody.onUnauthorized(List.of(BASIC), CLEAR)).isEqualTo(Verdict.REFUSED);
        assertThat(nobody.authorization("A", "x")).isEmpty();
    }

    @Test
    void onUnauthorized_wrongPassword_isRefusedAfterOneTry() throws MalformedException {
        assertThat(challenge(CLEAR, digest("1", "MD5"))).isEqualTo(Verdict.RETRY);
        assertThat(challenge(CLEAR, digest("2", "MD5"))).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void onUnauthorized_staleNonce_isAnsweredAgainWithTheNewOne() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));

        assertThat(challenge(CLEAR, digest("2", "MD5") + ", stale=true")).isEqualTo(Verdict.RETRY);
        assertThat(authorization()).contains("nonce=\"2\"").contains("nc=00000001");
    }

    @Test
    void onUnauthorized_staleForEver_endsAsRefused() throws MalformedException {
        for (int i = 0; i < 3; i++) {
            assertThat(challenge(CLEAR, digest("n" + i, "MD5") + ", stale=true"))
                    .isEqualTo(Verdict.RETRY);
        }
        assertThat(challenge(CLEAR, digest("n", "MD5") + ", stale=true")).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void onUnauthorized_nonceRanOutUnsaid_isAnsweredAgain() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));
        authenticator.onAccepted(List.of());

        assertThat(challenge(CLEAR, digest("2", "MD5"))).isEqualTo(Verdict.RETRY);
        assertThat(authorization()).contains("nonce=\"2\"");
        assertThat(challenge(CLEAR, digest("3", "MD5"))).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void onUnauthorized_acceptedNonceOfferedAgain_isRefused() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));
        authenticator.onAccepted(List.of());

        assertThat(challenge(CLEAR, digest("1", "MD5"))).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void onAccepted_nextNonce_isUsed() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));
        authorization();
        authenticator.onAccepted(List.of("nextnonce=\"2\", qop=auth"));

        assertThat(authorization()).contains("nonce=\"2\"").contains("nc=00000001");
    }

    @Test
    void onUnauthorized_basicAfterDigestInClear_isUnacceptable() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"), BASIC);

        assertThat(challenge(CLEAR, BASIC)).isEqualTo(Verdict.UNACCEPTABLE);
        assertThat(authorization()).startsWith("Digest ");
    }

    @Test
    void onUnauthorized_basicOnALaterConnectionAfterDigest_isUnacceptable() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));
        authenticator.onConnect();

        assertThat(authenticator.authorization("A", "x")).isEmpty();
        assertThat(challenge(CLEAR, BASIC)).isEqualTo(Verdict.UNACCEPTABLE);
        assertThat(authenticator.authorization("A", "x")).isEmpty();
    }

    @Test
    void onUnauthorized_basicBesideADigestWeDoNotSpeak_isUnacceptableInClearOnly() throws MalformedException {
        assertThat(challenge(CLEAR, digest("1", "SHA3"), BASIC)).isEqualTo(Verdict.UNACCEPTABLE);
        assertThat(challenge(TLS, digest("1", "SHA3"), BASIC)).isEqualTo(Verdict.RETRY);
        assertThat(authorization()).startsWith("Basic ");
    }

    @Test
    void onUnauthorized_digestAfterBasic_isAnswered() throws MalformedException {
        challenge(CLEAR, BASIC);

        assertThat(challenge(CLEAR, digest("1", "MD5"))).isEqualTo(Verdict.RETRY);
        assertThat(authorization()).startsWith("Digest ");
    }

    @Test
    void onUnauthorized_nothingWeSpeak_isUnacceptable() throws MalformedException {
        assertThat(challenge(TLS, "Negotiate")).isEqualTo(Verdict.UNACCEPTABLE);
        assertThat(challenge(TLS)).isEqualTo(Verdict.UNACCEPTABLE);
    }

    @Test
    void onUnauthorized_userWithColon_isNeverSentAsBasic() throws MalformedException {
        Authenticator odd = authenticator(new Credentials("a:b", Secret.of("c")));

        assertThat(odd.onUnauthorized(List.of(BASIC), TLS)).isEqualTo(Verdict.UNACCEPTABLE);
    }

    @Test
    void onConnect_afterARefusal_allowsANewTry() throws MalformedException {
        challenge(CLEAR, digest("1", "MD5"));
        challenge(CLEAR, digest("2", "MD5"));
        authenticator.onConnect();

        assertThat(challenge(CLEAR, digest("3", "MD5"))).isEqualTo(Verdict.RETRY);
    }

    private Verdict challenge(boolean encrypted, String... headers) throws MalformedException {
        return authenticator.onUnauthorized(List.of(headers), encrypted);
    }

    private String authorization() {
        return authenticator.authorization("DESCRIBE", "rtsp://h/").orElseThrow();
    }

    private static Authenticator authenticator(Credentials credentials) {
        return new Authenticator(Optional.of(credentials), new Random(1));
    }

    private static String digest(String nonce, String algorithm) {
        return "Digest realm=\"cam\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=" + algorithm;
    }
}
