package oriel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.testing.Mangled;

class ChallengeTest {
    @Test
    void parse_rfc7616Example_givesEachParameter() throws MalformedException {
        List<Challenge> challenges = parse("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                + " algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");

        assertThat(challenges)
                .containsExactly(new Challenge(
                        "digest",
                        Map.of(
                                "realm", "http-auth@example.org",
                                "qop", "auth, auth-int",
                                "algorithm", "SHA-256",
                                "nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                                "opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")));
        assertThat(challenges.getFirst().lists("qop", "auth")).isTrue();
        assertThat(challenges.getFirst().lists("qop", "int")).isFalse();
    }

    @Test
    void parse_severalInOneHeader_givesAllInOrder() throws MalformedException {
        assertThat(parse("Digest realm=\"a\", nonce=\"n\", Basic realm=\"b\", Negotiate"))
                .containsExactly(
                        new Challenge("digest", Map.of("realm", "a", "nonce", "n")),
                        new Challenge("basic", Map.of("realm", "b")),
                        new Challenge("negotiate", Map.of()));
    }

    @Test
    void parse_severalHeaders_givesAllInOrder() throws MalformedException {
        assertThat(parse("Digest realm=\"a\", nonce=\"1\"", "Digest realm=\"a\", nonce=\"2\"", "Basic realm=\"b\""))
                .extracting(Challenge::scheme)
                .containsExactly("digest", "digest", "basic");
    }

    @Test
    void parse_withoutQuotes_readsToTheComma() throws MalformedException {
        assertThat(parse("digest REALM=IP Camera(12345), Nonce = abc ,stale=FALSE"))
                .containsExactly(
                        new Challenge("digest", Map.of("realm", "IP Camera(12345)", "nonce", "abc", "stale", "FALSE")));
    }

    @Test
    void parse_withoutCommas_findsTheNextParameter() throws MalformedException {
        assertThat(parse("Digest realm=cam nonce=abc qop=\"auth\" algorithm=MD5"))
                .containsExactly(new Challenge(
                        "digest", Map.of("realm", "cam", "nonce", "abc", "qop", "auth", "algorithm", "MD5")));
    }

    @Test
    void parse_closingQuoteForgotten_endsAtTheNextParameter() throws MalformedException {
        assertThat(parse("Digest realm=\"cam, nonce=\"abc\", algorithm=\"MD5"))
                .containsExactly(new Challenge("digest", Map.of("realm", "cam", "nonce", "abc", "algorithm", "MD5")));
    }

    @Test
    void parse_openingQuoteForgotten_dropsTheOther() throws MalformedException {
        assertThat(parse("Digest realm=cam\", nonce=abc\""))
                .containsExactly(new Challenge("digest", Map.of("realm", "cam", "nonce", "abc")));
    }

    @Test
    void parse_escapedAndTrickyQuotedText_staysWhole() throws MalformedException {
        assertThat(parse("Basic realm=\"a \\\"b\\\" \\\\ c, d=e\", charset=\"UTF-8\""))
                .containsExactly(new Challenge("basic", Map.of("realm", "a \"b\" \\ c, d=e", "charset", "UTF-8")));
    }

    @Test
    void parse_repeatedParameter_keepsTheFirst() throws MalformedException {
        assertThat(parse("Basic realm=\"a\", realm=\"b\""))
                .containsExactly(new Challenge("basic", Map.of("realm", "a")));
    }

    @Test
    void parse_nothingUseful_givesNone() throws MalformedException {
        assertThat(parse("", " ,;= \"", "realm=\"no scheme\""))
                .extracting(Challenge::scheme)
                .doesNotContain("digest");
    }

    @Test
    void parse_beyondTheBounds_isMalformed() {
        assertThatThrownBy(() -> parse("Basic realm=\"" + "x".repeat(Challenge.MAX_CHARS) + "\""))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> parse("Basic a=b, ".repeat(17))).isInstanceOf(MalformedException.class);
        StringBuilder many = new StringBuilder("Digest ");
        for (int i = 0; i < 33; i++) {
            many.append("p").append(i).append("=1, ");
        }
        assertThatThrownBy(() -> parse(many.toString())).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_mangledInput_givesAValueOrMalformed() {
        Mangled.texts("Digest realm=\"a b\", nonce=n, qop=\"auth,auth-int\", stale=true, Basic realm=\"c")
                .forEach(text -> {
                    try {
                        parse(text);
                    } catch (MalformedException e) {
                        assertThat(e.reason()).isNotEmpty();
                    }
                });
    }

    private static List<Challenge> parse(String... headers) throws MalformedException {
        return Challenge.parse(List.of(headers));
    }
}
