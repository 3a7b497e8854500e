package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code webrtc.filters}, with go2rtc's meaning. */
class WebrtcFiltersTest extends ConfigFixture {
    private WebrtcFilters filters(String text) throws Exception {
        return loadYaml("webrtc: {filters: " + text + "}\n").config().webrtc().filters();
    }

    @Test
    void absent_filtersNothing() throws Exception {
        assertThat(loadYaml("webrtc: {listen: \":8555\"}\n").config().webrtc().filters())
                .isEqualTo(WebrtcFilters.NONE);
        assertThat(filters("{candidates: , ips: }")).isEqualTo(WebrtcFilters.NONE);
    }

    @Test
    void everyKey_isRead() throws Exception {
        WebrtcFilters read =
                filters("{candidates: [192.168.1.2, \"fd00::2\"], loopback: true, interfaces: [eno1, eth0],"
                        + " ips: 192.168.1.2, networks: [udp4, tcp6], udp_ports: [50000, 50100]}");
        assertThat(read.candidates().orElseThrow())
                .containsExactly(InetAddress.ofLiteral("192.168.1.2"), InetAddress.ofLiteral("fd00::2"));
        assertThat(read.loopback()).isTrue();
        assertThat(read.interfaces().orElseThrow()).containsExactly("eno1", "eth0");
        assertThat(read.ips().orElseThrow()).containsExactly(InetAddress.ofLiteral("192.168.1.2"));
        assertThat(read.networks().orElseThrow())
                .containsExactlyInAnyOrder(WebrtcFilters.Network.UDP4, WebrtcFilters.Network.TCP6);
        assertThat(read.udpPorts()).contains(new WebrtcFilters.PortRange(50000, 50100));
    }

    @Test
    void emptyList_letsNothingThrough_unlikeAnAbsentOne() throws Exception {
        assertThat(filters("{candidates: []}").candidates().orElseThrow()).isEmpty();
        assertThat(filters("{networks: []}").networks().orElseThrow()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{networks: [udp5]}|webrtc.filters.networks",
                "{candidates: [my.host]}|webrtc.filters.candidates",
                "{ips: [\"192.168.1.2:8555\"]}|webrtc.filters.ips",
                "{loopback: maybe}|webrtc.filters.loopback",
                "{interfaces: [\"\"]}|webrtc.filters.interfaces",
                "{udp_ports: [50000]}|webrtc.filters.udp_ports",
                "{udp_ports: [50100, 50000]}|webrtc.filters.udp_ports",
                "{udp_ports: [0, 50000]}|webrtc.filters.udp_ports",
                "{udp_ports: [a, b]}|webrtc.filters.udp_ports"
            })
    void valueWithoutSense_isRefusedInWords(String text, String key) {
        assertThatThrownBy(() -> filters(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void unknownKey_isTold() throws Exception {
        assertThat(loadYaml("webrtc:\n  filters: {cards: [eth0]}\n").notes())
                .anyMatch(note -> note.text().contains("webrtc.filters.cards is unknown"));
    }
}
