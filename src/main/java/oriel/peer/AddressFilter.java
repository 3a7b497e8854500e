package oriel.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import oriel.webrtc.ice.Transport;

/**
 * Which of this machine's addresses, and which ways, are for viewers ({@code webrtc.filters}, with go2rtc's meaning).
 *
 * @param candidates of the addresses found by ourselves, the only ones that are announced; empty for all
 * @param loopback whether this machine's inner addresses are announced too
 * @param interfaces the only ones that are used, by name; empty for all
 * @param ips the only addresses of ours that are used; empty for all
 * @param ways transports and families that are used
 */
public record AddressFilter(
        Optional<Set<InetAddress>> candidates,
        boolean loopback,
        Optional<Set<String>> interfaces,
        Optional<Set<InetAddress>> ips,
        Set<Way> ways) {
    /** Lets everything through. */
    public static final AddressFilter OPEN =
            new AddressFilter(Optional.empty(), false, Optional.empty(), Optional.empty(), Set.of(Way.values()));

    /** A transport over one family of addresses. */
    public enum Way {
        UDP4,
        UDP6,
        TCP4,
        TCP6
    }

    public AddressFilter {
        candidates = candidates.map(Set::copyOf);
        interfaces = interfaces.map(Set::copyOf);
        ips = ips.map(Set::copyOf);
        ways = Set.copyOf(ways);
    }

    /** Whether this transport is used with addresses of this one's family. */
    public boolean allows(Transport transport, InetAddress address) {
        boolean six = address instanceof Inet6Address;
        return switch (transport) {
            case UDP -> ways.contains(six ? Way.UDP6 : Way.UDP4);
            case TCP -> ways.contains(six ? Way.TCP6 : Way.TCP4);
        };
    }

    /** Whether this transport is used at all. */
    public boolean allows(Transport transport) {
        return switch (transport) {
            case UDP -> ways.contains(Way.UDP4) || ways.contains(Way.UDP6);
            case TCP -> ways.contains(Way.TCP4) || ways.contains(Way.TCP6);
        };
    }

    /** Whether some of this machine's addresses are not for viewers. */
    public boolean choosesAddresses() {
        return interfaces.isPresent() || ips.isPresent();
    }

    /** Whether this address on this interface is for viewers. */
    boolean uses(InetAddress address, String card) {
        return interfaces.map(names -> names.contains(card)).orElse(true)
                && ips.map(all -> all.contains(address)).orElse(true);
    }

    /** Whether an address found by ourselves is announced. */
    boolean announces(InetAddress address) {
        return candidates.map(all -> all.contains(address)).orElse(true);
    }
}
