package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.config.LoopbackAccess;

class LoopbackDoorTest {
    private final LoopbackDoor door = new LoopbackDoor(LoopbackAccess.ADMIN);

    private static Entry enter(LoopbackDoor door, String peer, String... headers) {
        return door.enter(InetAddress.ofLiteral(peer), Set.of(headers));
    }

    private static String refused(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Refused.class);
        Refusal refusal = ((Entry.Refused) entry).refusal();
        assertThat(refusal.status()).isEqualTo(403);
        return refusal.sentence();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"})
    void enter_loopbackPeer_isAdmin(String peer) {
        assertThat(enter(door, peer, "Host", "User-Agent", "X-Requested-With", "Origin", "Cookie"))
                .isEqualTo(new Entry.Admitted(new Principal("this machine", Role.ADMIN, Door.API)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "forwarded",
                "Via",
                "VIA",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-FORWARDED-PROTO",
                "X-Forwarded-Anything",
                "X-Forwarded",
                "X-Real-IP"
            })
    void enter_loopbackPeerBehindAProxy_staysOut(String header) {
        assertThat(refused(enter(door, "127.0.0.1", "Host", header)))
                .contains("proxy", header.toLowerCase(Locale.ROOT), "later version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.5",
                "172.30.32.2",
                "10.0.0.1",
                "0.0.0.0",
                "::",
                "fe80::1",
                "2001:db8::1",
                "169.254.1.1"
            })
    void enter_otherPeer_staysOutAndIsToldWhy(String peer) {
        assertThat(refused(enter(door, peer)))
                .startsWith("This request comes from another machine.")
                .contains("login comes in a later version", "api.listen: \"127.0.0.1:1984\"");
    }

    @Test
    void enter_otherAccess_givesItsRole() {
        assertThat(enter(new LoopbackDoor(LoopbackAccess.INTEGRATION), "::1"))
                .isEqualTo(new Entry.Admitted(new Principal("this machine", Role.INTEGRATION, Door.API)));
        assertThat(refused(enter(new LoopbackDoor(LoopbackAccess.LOGIN), "::1")))
                .contains("asks for a login");
        assertThat(List.of(Role.values()).stream().filter(Role::mayAdd))
                .containsExactly(Role.ADMIN, Role.OPERATOR, Role.INTEGRATION);
    }
}
