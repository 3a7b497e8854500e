package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.base.Secret;

class IceCredentialsTest {
    @Test
    void generate_many_areDistinctAndOfTheGrammar() throws Exception {
        SecureRandom random = new SecureRandom();
        Set<String> ufrags = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            IceCredentials credentials = IceCredentials.generate(random);
            ufrags.add(credentials.ufrag());
            assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{8}");
            assertThat(credentials.password().reveal()).matches("[A-Za-z0-9+/]{24}");
            assertThat(IceCredentials.parse(
                            credentials.ufrag(), credentials.password().reveal()))
                    .isEqualTo(credentials);
        }
        assertThat(ufrags).hasSize(1000);
    }

    @Test
    void generate_seeded_isRepeatable() {
        assertThat(IceCredentials.generate(new Random(1))).isEqualTo(IceCredentials.generate(new Random(1)));
    }

    @Test
    void parse_outsideOfTheGrammar_isMalformedAndTellsNoSecret() {
        String good = "p".repeat(22);
        for (String ufrag : new String[] {"abc", "a".repeat(257), "ab:d", "abc ", "äbcd", ""}) {
            assertThatThrownBy(() -> IceCredentials.parse(ufrag, good)).isInstanceOf(MalformedException.class);
        }
        for (String password : new String[] {"secretsecretsecretsec", "s".repeat(257), "secret secret secret secret"}) {
            assertThatThrownBy(() -> IceCredentials.parse("abcd", password))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> new IceCredentials("abcd", Secret.of("short")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
    }

    @Test
    void toString_always_hidesThePassword() {
        IceCredentials credentials = IceCredentials.generate(new Random(1));

        assertThat(credentials.toString())
                .contains(credentials.ufrag())
                .doesNotContain(credentials.password().reveal());
    }
}
