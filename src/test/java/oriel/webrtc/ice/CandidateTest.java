package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.ice.StunVectors.at;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;

class CandidateTest {
    // Chromium 156, Firefox, go2rtc and Home Assistant's own spelling.
    static final List<String> LINES = List.of(
            "candidate:2878742611 1 udp 2130706431 127.0.0.1 22586 typ host ufrag tHhojoHWCDoXprHN",
            "a=candidate:1 1 UDP 1685987071 203.0.113.9 49203 typ srflx raddr 192.168.1.5 rport 49203 generation 0",
            "candidate:2 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active generation 0 ufrag 91Tf network-cost 999",
            "a=candidate:0 1 UDP 2122252543 b2edaff0-7777-4444-8888-000000000001.local 53535 typ host",
            "3498147984 1 udp 33562623 2001:db8::12 3478 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag abcd network-id 3",
            "candidate:842163049 1 udp 1677729535 198.51.100.7 61665 typ prflx raddr fd00::2 rport 61665");

    @Test
    void parse_host_givesItsParts() throws Exception {
        Candidate candidate = Candidate.parse(LINES.get(0));

        assertThat(candidate.foundation()).isEqualTo("2878742611");
        assertThat(candidate.component()).isEqualTo(1);
        assertThat(candidate.transport()).isEqualTo(Transport.UDP);
        assertThat(candidate.priority()).isEqualTo(2130706431);
        assertThat(candidate.address()).contains(at("127.0.0.1", 22586));
        assertThat(candidate.type()).isEqualTo(CandidateType.HOST);
        assertThat(candidate.ufrag()).contains("tHhojoHWCDoXprHN");
        assertThat(candidate.toString()).isEqualTo(LINES.get(0));
        assertThat(candidate.isCheckable()).isTrue();
    }

    @Test
    void parse_reflexiveRelayedAndTcp_givesTheirParts() throws Exception {
        Candidate reflexive = Candidate.parse(LINES.get(1));
        assertThat(reflexive.type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
        assertThat(reflexive.related()).contains(new Candidate.Related("192.168.1.5", 49203));

        Candidate tcp = Candidate.parse(LINES.get(2));
        assertThat(tcp.transport()).isEqualTo(Transport.TCP);
        assertThat(tcp.tcpType()).contains(TcpType.ACTIVE);
        assertThat(tcp.ufrag()).contains("91Tf");
        assertThat(tcp.isCheckable()).isFalse();

        Candidate relayed = Candidate.parse(LINES.get(4));
        assertThat(relayed.type()).isEqualTo(CandidateType.RELAYED);
        assertThat(relayed.address()).contains(at("2001:db8::12", 3478));
        assertThat(relayed.isCheckable()).isTrue();

        assertThat(Candidate.parse(LINES.get(5)).type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    }

    @Test
    void parse_mdnsName_isKeptAndHasNoAddress() throws Exception {
        Candidate candidate = Candidate.parse(LINES.get(3));

        assertThat(candidate.host()).endsWith(".local");
        assertThat(candidate.address()).isEmpty();
        assertThat(candidate.isCheckable()).isFalse();
    }

    @Test
    void toString_everyKind_isReadBack() throws Exception {
        for (String line : LINES) {
            Candidate candidate = Candidate.parse(line);
            assertThat(Candidate.parse(candidate.toString())).isEqualTo(candidate);
            assertThat(Candidate.parse("a=" + candidate)).isEqualTo(candidate);
        }
    }

    @Test
    void parse_rubbish_isMalformed() {
        for (String line : List.of(
                "",
                "candidate:",
                "a=[object RTCIceCandidate]",
                "[object RTCIceCandidate]",
                "candidate:1 1 udp 1 127.0.0.1 1 typ",
                "candidate:1 1 udp 1 127.0.0.1 1 type host",
                "candidate:1 1 udp 1 127.0.0.1 1 typ guest",
                "candidate:1 1 sctp 1 127.0.0.1 1 typ host",
                "candidate:1 1 udp 1 127.0.0.1 65536 typ host",
                "candidate:1 1 udp 1 127.0.0.1 -1 typ host",
                "candidate:1 1 udp 4294967296 127.0.0.1 1 typ host",
                "candidate:1 1 udp 99999999999999999999 127.0.0.1 1 typ host",
                "candidate:1 0 udp 1 127.0.0.1 1 typ host",
                "candidate:1 257 udp 1 127.0.0.1 1 typ host",
                "candidate:1 1 udp 1 256.0.0.1 1 typ host",
                "candidate:1 1 udp 1 1.2.3 1 typ host",
                "candidate:1 1 udp 1 2130706433 1 typ host",
                "candidate:1 1 udp 1 fe80::1%eth0 1 typ host",
                "candidate:1 1 udp 1 [::1] 1 typ host",
                "candidate:1 1 udp 1 1::2::3 1 typ host",
                "candidate:1 1 udp 1 a/b 1 typ host",
                "candidate:1 1 udp 1 127.0.0.1 1 typ host raddr 1.2.3 rport 1",
                "candidate:1 1 udp 1 127.0.0.1 1 typ host raddr 1.2.3.4 rport x",
                "candidate:1 1 tcp 1 127.0.0.1 1 typ host tcptype lazy",
                "candidate:\u00e4 1 udp 1 127.0.0.1 1 typ host",
                "candidate:" + "1".repeat(65) + " 1 udp 1 127.0.0.1 1 typ host",
                "candidate:1 1 udp 1 " + "a".repeat(254) + " 1 typ host",
                "candidate:1 1 udp 1 127.0.0.1 1 typ host x" + " y".repeat(600))) {
            assertThatThrownBy(() -> Candidate.parse(line)).as(line).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void parse_odditiesOfRealPeers_areForgiven() throws Exception {
        assertThat(Candidate.parse("  a=candidate:1  1 UDP 1 127.0.0.1 1 TYP HOST \r\n")
                        .type())
                .isEqualTo(CandidateType.HOST);
        assertThat(Candidate.parse("candidate:1 1 udp 1 127.0.0.1 1 typ host lonely")
                        .ufrag())
                .isEmpty();
        assertThat(Candidate.parse("candidate:1 1 udp 1 127.0.0.1 1 typ host ufrag b\u00e4d")
                        .ufrag())
                .isEmpty();
        assertThat(Candidate.parse("candidate:1 1 udp 1 127.0.0.1 1 typ srflx raddr 10.0.0.1")
                        .related())
                .contains(new Candidate.Related("10.0.0.1", 0));
    }

    @Test
    void parse_cutOrBentAnywhere_isAValueOrMalformed() {
        Random random = new Random(20261120);
        for (String line : LINES) {
            for (int length = 0; length <= line.length(); length++) {
                tryParse(line.substring(0, length));
            }
            for (int i = 0; i < line.length(); i++) {
                for (int bit = 0; bit < 8; bit++) {
                    char[] bent = line.toCharArray();
                    bent[i] ^= (char) (1 << bit);
                    tryParse(new String(bent));
                }
            }
            List<String> words = new ArrayList<>(List.of(line.split(" ")));
            Collections.shuffle(words, random);
            tryParse(String.join(" ", words));
        }
    }

    @Test
    void isCheckable_addressOfNobody_isNot() throws Exception {
        for (String host : List.of("0.0.0.0", "::", "224.0.0.251", "ff02::fb", "255.255.255.255", "name.example")) {
            assertThat(Candidate.parse("1 1 udp 1 " + host + " 5000 typ host").isCheckable())
                    .as(host)
                    .isFalse();
        }
        assertThat(Candidate.parse("1 1 udp 1 192.0.2.1 0 typ host").isCheckable())
                .isFalse();
        assertThat(Candidate.parse("1 2 udp 1 192.0.2.1 5000 typ host").isCheckable())
                .isFalse();
    }

    private static void tryParse(String line) {
        try {
            assertThat(Candidate.parse(line).toString()).startsWith("candidate:");
        } catch (MalformedException e) {
            assertThat(e.reason()).contains("candidate");
        }
    }
}
