package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.config.AddressRange;

class CallerTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.9.0.1");
    private static final List<AddressRange> TRUSTED = List.of(new AddressRange(PROXY, 32));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9, true",
        "'192.168.1.7, 203.0.113.9', 203.0.113.9, true",
        "'203.0.113.9, 10.9.0.1', 203.0.113.9, true",
        "10.9.0.1, 10.9.0.1, true", // the proxy asks by itself
        "'', 10.9.0.1, false",
        "unknown, 10.9.0.1, false",
        "'203.0.113.9, _hidden', 10.9.0.1, false",
        "'unknown, 10.9.0.1', 10.9.0.1, false",
    })
    void trustedProxy_isBelieved_whereItSaysForWhom(String said, String address, boolean known) {
        assertThat(Caller.of(PROXY, List.of("X-Forwarded-For"), List.of(said), TRUSTED))
                .isEqualTo(new Caller(InetAddress.ofLiteral(address), true, known));
    }

    /** Many examples for nginx set this one alone: whoever comes would be in the home's network as the proxy is. */
    @Test
    void trustedProxy_thatSaysItInAnotherHeader_leavesItsCallerUnknown() {
        assertThat(Caller.of(PROXY, List.of("X-Real-IP"), List.of(), TRUSTED))
                .isEqualTo(new Caller(PROXY, true, false));
    }

    @Test
    void anybodyElse_isNotBelieved() {
        InetAddress peer = InetAddress.ofLiteral("192.168.1.9");
        assertThat(Caller.of(peer, List.of("X-Forwarded-For"), List.of("192.168.1.7"), TRUSTED))
                .isEqualTo(new Caller(peer, true, false));
        assertThat(Caller.of(peer, List.of(), List.of(), TRUSTED)).isEqualTo(new Caller(peer, false, false));
    }
}
