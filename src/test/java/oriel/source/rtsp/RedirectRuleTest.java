package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// T7: where a camera may not send us.
class RedirectRuleTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 127.0.0.1",
        "192.168.1.5, ::1",
        "192.168.1.5, 0.0.0.0",
        "192.168.1.5, ::",
        "192.168.1.5, ::ffff:127.0.0.1",
        "192.168.1.5, 169.254.169.254",
        "192.168.1.5, fe80::1",
        "127.0.0.1, 169.254.169.254",
        "192.168.1.5, 172.30.32.2",
        "192.168.1.5, 172.30.33.255",
        "192.168.1.5, 224.0.0.1",
    })
    void refusal_whereNoCameraMaySend_isASentence(String from, String to) {
        assertThat(new RedirectRule(InetAddress.ofLiteral(from)).refusal(InetAddress.ofLiteral(to)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 192.168.1.6",
        "192.168.1.5, 8.8.8.8",
        "192.168.1.5, 172.30.34.1",
        "192.168.1.5, 2001:db8::1",
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1, ::1",
        "169.254.3.4, 169.254.3.5",
        "172.30.32.4, 172.30.33.9",
        "127.0.0.1, 192.168.1.5",
    })
    void refusal_elsewhere_isNone(String from, String to) {
        assertThat(new RedirectRule(InetAddress.ofLiteral(from)).refusal(InetAddress.ofLiteral(to)))
                .isEmpty();
    }
}
