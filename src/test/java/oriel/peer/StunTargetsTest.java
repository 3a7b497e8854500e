package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an offer may have us ask, and how much of its list counts. */
class StunTargetsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.30.32.2",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00::2",
                "fe80::1",
                "ff02::1"
            })
    void addressThatIsNotPublic_isNotAsked(String address) {
        assertThat(StunTargets.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void addressHiddenInIpv6_isNotAsked() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(new byte[] {10, 0, 0, 1}, 0, mapped, 12, 4);
        assertThat(StunTargets.isPublic(InetAddress.getByAddress(mapped))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "100.63.255.255", "172.15.0.1", "172.32.0.1", "198.20.0.1", "2606:4700::1", "2a00::1"
            })
    void publicAddress_isAsked(String address) {
        assertThat(StunTargets.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void offered_stunOfWhichFour_isAsked_theRestIsCounted() {
        List<String> urls = IntStream.range(0, 6)
                .mapToObj(i -> "stun:s" + i + ".example:80")
                .toList();
        assertThat(OfferedServers.of(urls).servers())
                .hasSize(OfferedServers.MOST)
                .contains(new StunServer("s0.example", 80));
        assertThat(OfferedServers.of(urls).others()).isEqualTo(2);
        OfferedServers mixed = OfferedServers.of(List.of(
                "turn:t.example:3478?transport=udp", "stuns:s.example", "stun:s.example", "stun:s.example", "x"));
        assertThat(mixed.servers()).containsExactly(new StunServer("s.example", 3478));
        assertThat(mixed.others()).isEqualTo(4);
    }
}
