package oriel.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * A way to the peer: one local socket serves all peers, so the far end names it.
 *
 * @param transport what carries it
 * @param remote where the peer's datagrams come from and ours go; resolved
 */
public record IcePath(Transport transport, InetSocketAddress remote) {
    public IcePath {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + remote);
        }
    }

    /** A path over UDP. */
    public static IcePath udp(InetSocketAddress remote) {
        return new IcePath(Transport.UDP, remote);
    }

    boolean ipv6() {
        return remote.getAddress() instanceof Inet6Address;
    }

    @Override
    public String toString() {
        return transport.word() + " " + remote.getAddress().getHostAddress() + " " + remote.getPort();
    }
}
