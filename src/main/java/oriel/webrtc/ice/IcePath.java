package oriel.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import oriel.base.AddressText;

/**
 * A way to the peer.
 *
 * @param transport what carries it
 * @param local the address of ours that it begins at; empty where the system chooses one for each datagram
 * @param remote where the peer's datagrams come from and ours go; resolved
 */
public record IcePath(Transport transport, Optional<InetAddress> local, InetSocketAddress remote) {
    public IcePath {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + remote);
        }
    }

    /** A path over UDP from whichever address the system chooses. */
    public static IcePath udp(InetSocketAddress remote) {
        return new IcePath(Transport.UDP, Optional.empty(), remote);
    }

    /**
     * Whether an answer that came on {@code other} may answer what was sent on this path: from where it was sent to, and to
     * the address it was sent from, if that was known.
     */
    boolean isAnsweredBy(IcePath other) {
        return transport == other.transport
                && remote.equals(other.remote)
                && (local.isEmpty() || local.equals(other.local));
    }

    boolean ipv6() {
        return remote.getAddress() instanceof Inet6Address;
    }

    @Override
    public String toString() {
        return transport.word() + " " + AddressText.host(remote.getAddress()) + " " + remote.getPort()
                + local.map(address -> " by " + AddressText.host(address)).orElse("");
    }
}
