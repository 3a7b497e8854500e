package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StunServerTest {
    @ParameterizedTest
    @CsvSource({
        "stun:stun.example.org, stun.example.org, 3478",
        "stun:stun.example.org:19302, stun.example.org, 19302",
        "STUN:192.0.2.1:80, 192.0.2.1, 80",
        "stun:[2001:db8::1]:3478, 2001:db8::1, 3478",
        "stun:[2001:db8::1], 2001:db8::1, 3478",
        "stun:h:3478?transport=udp, h, 3478",
    })
    void parse_stunAddress_givesHostAndPort(String url, String host, int port) {
        assertThat(StunServer.parse(url)).contains(new StunServer(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stun:", "turn:h:3478", "stuns:h", "stun:h:0", "stun:h:x", "stun:h:65536", "http://h"})
    void parse_anythingElse_isNone(String url) {
        assertThat(StunServer.parse(url)).isEmpty();
    }
}
