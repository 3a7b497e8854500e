package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressClassTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "128.0.0.1, OTHER",
        "126.255.255.255, OTHER",
        "::1, LOOPBACK",
        "::2, UNSPECIFIED",
        "::, UNSPECIFIED",
        "0.0.0.0, UNSPECIFIED",
        "0.1.2.3, UNSPECIFIED",
        "1.0.0.0, OTHER",
        "169.254.169.254, LINK_LOCAL",
        "169.253.1.1, OTHER",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, OTHER",
        "172.30.32.0, SUPERVISOR",
        "172.30.33.255, SUPERVISOR",
        "172.30.31.255, OTHER",
        "172.30.34.0, OTHER",
        "fd0c:ac1e:2100::2, SUPERVISOR",
        "fd0c:ac1e:2101::2, OTHER",
        "224.0.0.1, MULTICAST",
        "239.255.255.250, MULTICAST",
        "240.0.0.1, OTHER",
        "255.255.255.255, MULTICAST",
        "ff02::fb, MULTICAST",
        "64:ff9b::169.254.169.254, LINK_LOCAL",
        "64:ff9b:1::1, OTHER",
        "2002:ac1e:2001::1, SUPERVISOR",
        "2002:808:808::1, OTHER",
        "::172.30.32.2, SUPERVISOR",
        "192.168.1.1, OTHER",
        "fd00::1, OTHER",
        "2001:db8::1, OTHER",
    })
    void of_address_isItsPlace(String literal, AddressClass expected) {
        assertThat(AddressClass.of(InetAddress.ofLiteral(literal))).isEqualTo(expected);
        assertThat(expected.adminOnly()).isEqualTo(expected != AddressClass.OTHER);
    }

    /** Java makes an Inet4Address of a mapped one; whoever builds one by hand is seen through too. */
    @Test
    void of_mappedAddress_isWhatItLeadsTo() throws Exception {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");

        assertThat(AddressClass.of(java.net.Inet6Address.getByAddress("x", mapped, -1)))
                .isEqualTo(AddressClass.LOOPBACK);
        assertThat(AddressClass.of(InetAddress.getByAddress(mapped))).isEqualTo(AddressClass.LOOPBACK);
    }
}
