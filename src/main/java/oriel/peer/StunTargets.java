package oriel.peer;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses Oriel asks as STUN servers because an offer names them. Whoever may watch may offer, and must not be able to
 * have packets sent where he cannot send any himself: so only to the public internet, where everybody can. A server inside is
 * asked when the owner names it in {@code webrtc.ice_servers}.
 */
final class StunTargets {
    private StunTargets() {}

    /** Whether it is a public address of one machine (IANA's special-purpose registries say which are not). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
    }

    private static boolean isPublicIpv4(byte[] b) {
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        int third = b[2] & 0xFF;
        boolean inside = first == 0
                || first == 10
                || first == 127
                || (first == 100 && (second & 0xC0) == 64)
                || (first == 169 && second == 254)
                || (first == 172 && (second & 0xF0) == 16)
                || (first == 192 && second == 168);
        boolean special = (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second & 0xFE) == 18)
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113)
                || first >= 224;
        return !inside && !special;
    }

    // 2000::/3 is all that is given out; of it, not documentation, and not what leads to an IPv4 address.
    private static boolean isPublicIpv6(byte[] b) {
        int first = ((b[0] & 0xFF) << 8) | (b[1] & 0xFF);
        int second = ((b[2] & 0xFF) << 8) | (b[3] & 0xFF);
        boolean globalUnicast = (first & 0xE000) == 0x2000;
        boolean teredoAndFriends = first == 0x2001 && second < 0x0200;
        boolean documentation = (first == 0x2001 && second == 0x0DB8) || (first & 0xFFF0) == 0x3FF0;
        boolean sixToFour = first == 0x2002;
        return globalUnicast && !teredoAndFriends && !documentation && !sixToFour;
    }
}
