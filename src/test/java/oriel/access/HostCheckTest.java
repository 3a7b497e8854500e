package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T10 of the threat table. */
class HostCheckTest {
    private final HostCheck check = new HostCheck(List.of("Cams.Example.org", "*.nvr.lan"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.0.0.1:1984", "192.168.1.5:80", "[::1]", "[::1]:1984", "[FD00::1]:1984",
                        "[::ffff:127.0.0.1]:1",
                "localhost", "LOCALHOST:1984", "localhost.", "local-oriel", "a0d7b954_oriel:1984",
                        "homeassistant.local", "Oriel.LOCAL:1984",
                "a.b.local.", "cams.example.org", "CAMS.EXAMPLE.ORG:8123", "a.nvr.lan", "a.b.nvr.lan:1"
            })
    void check_hostThatNobodyElseCanOwn_passes(String host) {
        assertThat(check.check(List.of(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:1984",
                "local.evil.example",
                "evil.example.",
                "x.cams.example.org",
                "cams.example.org.evil.example",
                "nvr.lan",
                "xnvr.lan",
                "127.0.0.1.evil.example",
                "127.0.0.1.5",
                "1.2.3.4.5",
                "",
                " ",
                ":1984",
                "localhost:",
                "localhost:x",
                "localhost:123456",
                "user@localhost",
                "user:pass@127.0.0.1",
                "evil.example@localhost",
                "localhost/evil",
                "localhost#",
                "localhost?",
                "localhost\\",
                " localhost",
                "localhost ",
                "local host",
                "localhost\u0000",
                "localhost\r\nX: y",
                "localhost,evil.example",
                "[::1",
                "::1",
                "[::1]x",
                "[evil]",
                "[::1%25eth0]",
                "300.0.0.1",
                "127.0.0.1:1984:1984",
                ".local",
                "..local",
                "-a.local",
                "ä.local",
                "%6cocalhost",
                "a..b.local",
                "*"
            })
    void check_otherHost_is421(String host) {
        assertThat(check.check(List.of(host))).map(Refusal::status).contains(421);
    }

    @Test
    void check_noneOrSeveralHosts_is421() {
        assertThat(check.check(List.of())).map(Refusal::status).contains(421);
        assertThat(check.check(List.of("localhost", "localhost")))
                .map(Refusal::status)
                .contains(421);
        assertThat(check.check(List.of("localhost", "evil.example")))
                .map(Refusal::status)
                .contains(421);
        assertThat(check.check(List.of("a".repeat(64) + ".local"))).isPresent();
        assertThat(check.check(List.of("a.".repeat(200) + "local"))).isPresent();
    }

    @Test
    void check_unknownName_saysWhatToDo() {
        assertThat(check.check(List.of("cams.home.example:1984")).orElseThrow().sentence())
                .isEqualTo(
                        "Oriel does not answer under the name cams.home.example. Use its IP address, or add the name to"
                                + " oriel.hosts in the configuration.");
    }
}
