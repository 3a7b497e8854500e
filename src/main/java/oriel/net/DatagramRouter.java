package oriel.net;

import java.net.InetSocketAddress;

/** The port through which datagrams leave this package: told of each one, on the loop of its socket. */
@FunctionalInterface
public interface DatagramRouter {
    /**
     * A datagram came.
     *
     * @param socket where it came in; answers may go out by it
     * @param data holds it in its first {@code length} bytes; valid during the call only
     */
    void datagram(Datagrams socket, InetSocketAddress remote, byte[] data, int length);
}
