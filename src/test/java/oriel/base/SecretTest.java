package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = Secret.of("hunter2");

    private record Account(String user, Secret password) {}

    @Test
    void toString_whereverItStrays_isTheMask() {
        assertThat(secret).hasToString("***");
        assertThat("password " + secret).doesNotContain("hunter2");
        assertThat(List.of(secret).toString()).doesNotContain("hunter2");
        assertThat(Optional.of(secret).toString()).doesNotContain("hunter2");
        assertThat(new Account("admin", secret).toString()).contains("admin").doesNotContain("hunter2");
        assertThat(String.format("%s", secret)).isEqualTo("***");
    }

    @Test
    void reveal_givesTheWord() {
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret.isEmpty()).isFalse();
        assertThat(Secret.of("").isEmpty()).isTrue();
    }

    @Test
    void matches_sameWordOnly() {
        assertThat(secret.matches("hunter2")).isTrue();
        assertThat(secret.matches("hunter")).isFalse();
        assertThat(secret.matches("hunter22")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(Secret.of("pässwörd€").matches("pässwörd€")).isTrue();
    }

    @Test
    void equals_byContent() {
        assertThat(secret).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
        assertThat(secret).isNotEqualTo(Secret.of("other")).isNotEqualTo("hunter2");
    }
}
