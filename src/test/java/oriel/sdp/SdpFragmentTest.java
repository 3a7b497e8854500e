package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.testing.Mangled;

class SdpFragmentTest {
    private static final String HOST = "candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0";
    private static final String MAPPED =
            "candidate:3471623853 1 udp 1685987071 203.0.113.1 61764 typ srflx raddr 192.0.2.1 rport 61764";

    /** As in RFC 9725, 4.3.2: one section, the offer's credentials in it. */
    private static final String TRICKLE = """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=%s
            a=%s
            a=end-of-candidates
            """.formatted(HOST, MAPPED).replace("\n", "\r\n");

    /** As in RFC 9725, 4.3.3: credentials before the section. */
    private static final String RESTART = """
            a=ice-options:trickle ice2
            a=group:BUNDLE 0 1
            a=ice-ufrag:ysXw
            a=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=%s
            """.formatted(HOST).replace("\n", "\r\n");

    @Test
    void parse_trickle_givesCandidatesOfTheirGeneration() throws Exception {
        SdpFragment fragment = SdpFragment.parse(TRICKLE);
        assertThat(fragment)
                .isEqualTo(new SdpFragment("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1", List.of(HOST, MAPPED), true, "0"));
        assertThat(fragment.toString()).doesNotContain("P2uYro0UCOQ4zxjKXaWCBui1");
    }

    @Test
    void parse_restart_givesTheNewCredentials() throws Exception {
        assertThat(SdpFragment.parse(RESTART))
                .isEqualTo(new SdpFragment("ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k", List.of(HOST), false, "0"));
    }

    @Test
    void parse_severalSectionsThatSayTheSame_areOne() throws Exception {
        String twice = RESTART + RESTART.substring(RESTART.indexOf("m=")) + "a=ice-ufrag:ysXw\r\n";
        assertThat(SdpFragment.parse(twice)).isEqualTo(SdpFragment.parse(RESTART));
    }

    @Test
    void text_isReadBackAsItWas() throws Exception {
        for (SdpFragment fragment : List.of(SdpFragment.parse(TRICKLE), SdpFragment.parse(RESTART))) {
            assertThat(SdpFragment.parse(fragment.text())).isEqualTo(fragment);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=0\r\n",
                "a=mid:0\r\n",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
                "a=ice-ufrag:abcd\r\n",
                "a=ice-pwd:0123456789012345678901\r\n",
                "a=ice-ufrag:abcd\r\na=ice-ufrag:efgh\r\na=ice-pwd:0123456789012345678901\r\n",
                "a=ice-ufrag:\r\na=ice-pwd:0123456789012345678901\r\n",
                "m=audio x y 1\r\na=candidate:1\r\n",
            })
    void parse_whatSaysNothingUsable_isMalformed(String text) {
        assertThatThrownBy(() -> SdpFragment.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_beyondTheBounds_isMalformed() throws Exception {
        assertThat(SdpFragment.parse(candidates(64)).candidates()).hasSize(64);
        assertThatThrownBy(() -> SdpFragment.parse(candidates(65))).hasMessageContaining("64");
        assertThatThrownBy(() -> SdpFragment.parse("a=candidate:" + "x".repeat(513)))
                .hasMessageContaining("512");
        assertThatThrownBy(() -> SdpFragment.parse("a=ice-ufrag:" + "x".repeat(257) + "\r\na=ice-pwd:x"))
                .hasMessageContaining("of no use");
    }

    private static String candidates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a=candidate:" + i + " 1 udp 1 192.0.2.1 9 typ host\r\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trickle", "restart"})
    void parse_cutOffOrDamaged_isAFragmentOrMalformed(String which) {
        Mangled.texts(which.equals("trickle") ? TRICKLE : RESTART).forEach(text -> {
            try {
                assertThat(SdpFragment.parse(text).candidates()).hasSizeLessThanOrEqualTo(64);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        });
    }
}
