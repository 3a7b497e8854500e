package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressTextTest {
    @Test
    void host_ofEitherFamily_hasNoScope() throws Exception {
        byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
        assertThat(AddressText.host(InetAddress.ofLiteral("192.0.2.7"))).isEqualTo("192.0.2.7");
        assertThat(AddressText.host(Inet6Address.getByAddress("", bytes, 3))).isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    @Test
    void endpoint_ofIpv6_hasBrackets() throws Exception {
        byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
        assertThat(AddressText.endpoint(new InetSocketAddress("192.0.2.7", 554)))
                .isEqualTo("192.0.2.7:554");
        assertThat(AddressText.endpoint(new InetSocketAddress(Inet6Address.getByAddress("", bytes, 3), 554)))
                .isEqualTo("[fe80:0:0:0:0:0:0:1]:554");
        assertThat(AddressText.endpoint(InetSocketAddress.createUnresolved("cam.lan", 554)))
                .isEqualTo("cam.lan:554");
    }
}
