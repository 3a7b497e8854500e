package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginCheckTest {
    private final OriginCheck check =
            new OriginCheck(List.of("http://NVR.lan:8012", "https://cams.example.org:443", "http://plain.lan:80"));

    @Test
    void check_noOrigin_passes() {
        assertThat(check.check(List.of(), "127.0.0.1:1984")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1984, 127.0.0.1:1984",
        "http://127.0.0.1:8080, 127.0.0.1:1984",
        "https://HomeAssistant.local:8123, homeassistant.LOCAL.:1984",
        "http://[::1]:1984, [0:0:0:0:0:0:0:1]:1984",
        "http://nvr.lan:8012, 127.0.0.1:1984",
        "https://cams.example.org, 127.0.0.1:1984",
        "http://plain.lan, 127.0.0.1:1984",
    })
    void check_ownOrNamedOrigin_passes(String origin, String host) {
        assertThat(check.check(List.of(origin), host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 127.0.0.1:1984",
        "http://127.0.0.1.evil.example, 127.0.0.1",
        "null, 127.0.0.1:1984",
        "null, null",
        "'', 127.0.0.1",
        "127.0.0.1, 127.0.0.1",
        "file://, 127.0.0.1",
        "chrome-extension://127.0.0.1, 127.0.0.1",
        "http://user@127.0.0.1, 127.0.0.1",
        "http://127.0.0.1/x, 127.0.0.1",
        "http://nvr.lan, 127.0.0.1",
        "http://nvr.lan:8013, 127.0.0.1",
        "https://nvr.lan:8012, 127.0.0.1",
        "http://cams.example.org, 127.0.0.1",
        "http://localhost, 127.0.0.1",
        "http://x y, x y",
    })
    void check_foreignOrigin_is403(String origin, String host) {
        assertThat(check.check(List.of(origin), host)).map(Refusal::status).contains(403);
    }

    @Test
    void check_severalOrigins_is403() {
        assertThat(check.check(List.of("http://127.0.0.1", "http://127.0.0.1"), "127.0.0.1"))
                .map(Refusal::status)
                .contains(403);
    }

    @Test
    void check_anyOrigin_passesEverything() {
        OriginCheck any = new OriginCheck(List.of("*"));

        assertThat(any.check(List.of("http://evil.example"), "127.0.0.1")).isEmpty();
        assertThat(any.check(List.of("null"), "127.0.0.1")).isEmpty();
    }
}
