package oriel.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses in STUN attributes (RFC 8489, 14.1 and 14.2), plain or hidden from routers that rewrite what looks like one.
 *
 * <pre>
 * | 0 | family 1 | port 2, xor 21 12 | address 4 or 16, xor cookie and transaction |
 * </pre>
 */
final class StunAddress {
    private static final int PORT_AT = 2;
    private static final int ADDRESS_AT = 4;

    private StunAddress() {}

    /** Reads an attribute's value whose size has been checked. */
    static InetSocketAddress read(byte[] array, int at) {
        int length = array[at + 1] == StunBytes.IPV4 ? StunBytes.IPV4_BYTES : StunBytes.IPV6_BYTES;
        byte[] address = Arrays.copyOfRange(array, at + ADDRESS_AT, at + length);
        return socketAddress(address, StunBytes.readShort(array, at + PORT_AT));
    }

    /** As {@link #read}, in a message that begins at {@code messageAt}, whose cookie and transaction hide it. */
    static InetSocketAddress readXored(byte[] array, int at, int messageAt) {
        int length = array[at + 1] == StunBytes.IPV4 ? StunBytes.IPV4_BYTES : StunBytes.IPV6_BYTES;
        byte[] address = Arrays.copyOfRange(array, at + ADDRESS_AT, at + length);
        xor(address, 0, address.length, array, messageAt + StunBytes.COOKIE_AT);
        int port = StunBytes.readShort(array, at + PORT_AT) ^ StunBytes.MAGIC_COOKIE >>> 16;
        return socketAddress(address, port);
    }

    /**
     * Writes XOR-MAPPED-ADDRESS's value into a message that begins at 0.
     *
     * @return its bytes
     */
    static int writeXored(InetSocketAddress address, byte[] message, int at) {
        byte[] bytes = address.getAddress().getAddress();
        message[at] = 0;
        message[at + 1] = (byte) (bytes.length == 4 ? StunBytes.IPV4 : StunBytes.IPV6);
        StunBytes.writeShort(message, at + PORT_AT, address.getPort() ^ StunBytes.MAGIC_COOKIE >>> 16);
        System.arraycopy(bytes, 0, message, at + ADDRESS_AT, bytes.length);
        xor(message, at + ADDRESS_AT, bytes.length, message, StunBytes.COOKIE_AT);
        return ADDRESS_AT + bytes.length;
    }

    private static void xor(byte[] array, int at, int length, byte[] with, int withAt) {
        for (int i = 0; i < length; i++) {
            array[at + i] ^= with[withAt + i];
        }
    }

    private static InetSocketAddress socketAddress(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + address.length + " bytes", e);
        }
    }
}
