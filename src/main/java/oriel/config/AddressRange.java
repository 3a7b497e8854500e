package oriel.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address, or all that share its first bits: {@code 192.168.1.0/24}, {@code fd00::/8}, {@code 10.0.0.5}.
 *
 * @param prefix how many bits are shared, up to the address's length
 */
public record AddressRange(InetAddress address, int prefix) {
    public AddressRange {
        if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no such prefix: " + prefix);
        }
    }

    /** Whether {@code other} lies within; an IPv4 address is never in a range of IPv6. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    static AddressRange parse(String text) throws RuleException {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress address =
                    literal.indexOf(':') >= 0 ? Inet6Address.ofLiteral(literal) : Inet4Address.ofLiteral(literal);
            int all = address.getAddress().length * Byte.SIZE;
            return new AddressRange(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new RuleException("is no address and no range of them", "Write \"192.168.1.2\" or \"10.0.0.0/8\"");
        }
    }
}
