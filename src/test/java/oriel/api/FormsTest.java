package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;

class FormsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void field_isDecodedOnce() throws MalformedException {
        assertThat(Forms.field(bytes("url=rtsp%3A%2F%2Fh%2Fa%2525b&sdp64=x"), "url"))
                .isEqualTo("rtsp://h/a%25b");
    }

    @Test
    void base64_takesAPlusThatWasSentBare() throws MalformedException {
        String form = "data=fn5+fg==";
        assertThat(Forms.base64(Forms.field(bytes(form), "data"))).isEqualTo("~~~~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "other=1", "=x", "data=%zz", "data=%"})
    void field_missingOrMangled_isMalformed(String form) {
        assertThatThrownBy(() -> Forms.field(bytes(form), "data")).isInstanceOf(MalformedException.class);
    }

    @Test
    void field_notUtf8_isMalformed() {
        byte[] form = {'d', 'a', 't', 'a', '=', (byte) 0xff, (byte) 0xfe};
        assertThatThrownBy(() -> Forms.field(form, "data")).isInstanceOf(MalformedException.class);
    }
}
