package oriel.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What kind of place an address is. A name must be looked at again after it was resolved, and each time it is. */
public enum AddressClass {
    /** This machine: 127.0.0.0/8, ::1. */
    LOOPBACK,
    /** No address, which systems take for this machine: 0.0.0.0/8, ::. */
    UNSPECIFIED,
    /** This wire, and where clouds keep secrets: 169.254.0.0/16, fe80::/10. */
    LINK_LOCAL,
    /** Home Assistant's Supervisor and apps: 172.30.32.0/23, fd0c:ac1e:2100::/48. */
    SUPERVISOR,
    /** Many at once: 224.0.0.0/4, ff00::/8, and the broadcast address. */
    MULTICAST,
    /** Everything else, the home's own network among it. */
    OTHER;

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MAPPED = HEX.parseHex("00000000000000000000ffff");
    private static final byte[] COMPATIBLE = new byte[12];
    private static final byte[] NAT64 = HEX.parseHex("0064ff9b0000000000000000");
    private static final byte[] SIX_TO_FOUR = HEX.parseHex("2002");
    private static final byte[] SUPERVISOR_6 = HEX.parseHex("fd0cac1e2100");

    /** Whether only an admin may have Oriel connect there by HTTP. */
    public boolean adminOnly() {
        return this != OTHER;
    }

    /** An IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4) counts as what it leads to. */
    public static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? ofIpv4(bytes) : ofIpv6(bytes);
    }

    private static AddressClass ofIpv4(byte[] b) {
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        if (first == 127) {
            return LOOPBACK;
        }
        if (first == 0) {
            return UNSPECIFIED;
        }
        if (first == 169 && second == 254) {
            return LINK_LOCAL;
        }
        if (first == 172 && second == 30 && (b[2] & 0xFE) == 32) {
            return SUPERVISOR;
        }
        boolean broadcast = b[0] == -1 && b[1] == -1 && b[2] == -1 && b[3] == -1;
        return (first & 0xF0) == 224 || broadcast ? MULTICAST : OTHER;
    }

    private static AddressClass ofIpv6(byte[] b) {
        if (startsWith(b, COMPATIBLE) && b[12] == 0 && b[13] == 0 && b[14] == 0 && (b[15] & 0xFE) == 0) {
            return b[15] == 1 ? LOOPBACK : UNSPECIFIED;
        }
        if (startsWith(b, MAPPED) || startsWith(b, COMPATIBLE) || startsWith(b, NAT64)) {
            return ofIpv4(Arrays.copyOfRange(b, 12, 16));
        }
        if (startsWith(b, SIX_TO_FOUR)) {
            return ofIpv4(Arrays.copyOfRange(b, 2, 6));
        }
        if ((b[0] & 0xFF) == 0xFE && (b[1] & 0xC0) == 0x80) {
            return LINK_LOCAL;
        }
        if (startsWith(b, SUPERVISOR_6)) {
            return SUPERVISOR;
        }
        return (b[0] & 0xFF) == 0xFF ? MULTICAST : OTHER;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
