package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.ice.StunVectors.at;

import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link LocalCandidates} and the {@link CandidatePriority} they carry. */
class LocalCandidatesTest {
    @Test
    void priority_rfc8445_5_1_2_isItsFormula() {
        assertThat(CandidatePriority.of(CandidateType.HOST, Transport.UDP, 65535))
                .isEqualTo(126L * (1 << 24) + 65535L * (1 << 8) + 255)
                .isEqualTo(2130706431);
        assertThat(CandidatePriority.of(CandidateType.SERVER_REFLEXIVE, Transport.UDP, 65535))
                .isEqualTo(1694498815);
        assertThat(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, Transport.UDP, 65535))
                .isEqualTo(1862270975);
        assertThat(CandidatePriority.of(CandidateType.RELAYED, Transport.UDP, 65535))
                .isEqualTo(16777215);
        assertThatThrownBy(() -> CandidatePriority.of(CandidateType.HOST, Transport.UDP, 65536))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void priority_pair_isItsFormulaAndEqualOnBothSides() {
        long greater = 2130706431;
        long smaller = 1694498815;
        assertThat(CandidatePriority.ofPair(greater, smaller)).isEqualTo((smaller << 32) + 2 * greater + 1);
        assertThat(CandidatePriority.ofPair(smaller, greater)).isEqualTo((smaller << 32) + 2 * greater);
    }

    @Test
    void priority_ofOurs_ordersFamiliesTypesAndTransports() {
        long ipv6 = host("2001:db8::1", Transport.UDP, 3).priority();
        long first = host("192.0.2.1", Transport.UDP, 0).priority();
        long second = host("192.0.2.2", Transport.UDP, 1).priority();
        long reflexive = LocalCandidates.forwarded(at("203.0.113.5", 8555), Transport.UDP, 0)
                .priority();
        long tcp6 = host("2001:db8::1", Transport.TCP, 0).priority();
        long tcp = host("192.0.2.1", Transport.TCP, 0).priority();

        assertThat(ipv6).isGreaterThan(first);
        assertThat(first).isGreaterThan(second);
        assertThat(second).isGreaterThan(reflexive);
        assertThat(reflexive).isGreaterThan(tcp6);
        assertThat(tcp6).isGreaterThan(tcp);
        assertThat(CandidatePriority.of(CandidateType.RELAYED, Transport.TCP, 0))
                .isPositive();
    }

    @Test
    void localPreference_manyInterfaces_isDistinctAndInRange() {
        assertThat(IntStream.range(0, 1000).map(i -> CandidatePriority.localPreference(i, false)))
                .doesNotHaveDuplicates()
                .allMatch(p -> p > 0 && p <= 0x7FFF);
        assertThat(CandidatePriority.localPreference(32_767, true))
                .isGreaterThan(CandidatePriority.localPreference(0, false));
        assertThat(CandidatePriority.localPreference(Integer.MAX_VALUE, true)).isPositive();
    }

    @Test
    void foundation_sameTypeBaseAndServer_isEqualElseNot() {
        assertThat(host("192.0.2.1", Transport.UDP, 0).foundation())
                .isEqualTo(LocalCandidates.host(at("192.0.2.1", 9999), Transport.UDP, 7)
                        .foundation())
                .isNotEqualTo(host("192.0.2.2", Transport.UDP, 0).foundation())
                .isNotEqualTo(host("192.0.2.1", Transport.TCP, 0).foundation());
        assertThat(reflexive("192.0.2.1", "198.51.100.1").foundation())
                .isEqualTo(reflexive("192.0.2.1", "198.51.100.1").foundation())
                .isNotEqualTo(reflexive("192.0.2.1", "198.51.100.2").foundation())
                .isNotEqualTo(reflexive("192.0.2.2", "198.51.100.1").foundation())
                .isNotEqualTo(host("192.0.2.1", Transport.UDP, 0).foundation());
    }

    @Test
    void lines_everyKind_areOfTheGrammar() throws Exception {
        for (Candidate candidate : new Candidate[] {
            host("192.0.2.1", Transport.UDP, 0),
            host("2001:db8::1", Transport.TCP, 0),
            reflexive("192.0.2.1", "198.51.100.1"),
            LocalCandidates.forwarded(at("2001:db8::7", 8555), Transport.UDP, 2),
            LocalCandidates.forwarded(at("203.0.113.5", 8555), Transport.TCP, 2)
        }) {
            assertThat(Candidate.parse(candidate.toString())).isEqualTo(candidate);
        }
        assertThat(host("192.0.2.1", Transport.UDP, 0).toString())
                .endsWith(" 1 udp " + 2122317823L + " 192.0.2.1 8555 typ host");
        assertThat(host("192.0.2.1", Transport.TCP, 0).toString()).endsWith(" typ host tcptype passive");
        assertThat(reflexive("192.0.2.1", "198.51.100.1").toString())
                .endsWith(" 203.0.113.9 40000 typ srflx raddr 192.0.2.1 rport 8555");
        assertThat(LocalCandidates.forwarded(at("203.0.113.5", 8555), Transport.UDP, 0)
                        .toString())
                .endsWith(" 203.0.113.5 8555 typ srflx raddr 0.0.0.0 rport 0");
    }

    @Test
    void host_nobodyCanReach_isRefused() {
        assertThatThrownBy(() ->
                        LocalCandidates.host(InetSocketAddress.createUnresolved("camera", 8555), Transport.UDP, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LocalCandidates.host(at("192.0.2.1", 0), Transport.UDP, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Candidate host(String literal, Transport transport, int index) {
        return LocalCandidates.host(at(literal, 8555), transport, index);
    }

    private static Candidate reflexive(String base, String server) {
        return LocalCandidates.serverReflexive(at("203.0.113.9", 40000), at(base, 8555), at(server, 3478), 0);
    }
}
