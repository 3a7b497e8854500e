package oriel.net;

import java.net.InetSocketAddress;

/**
 * One UDP socket on one loop; several of them, one a loop, may share a port. Everything here is for its loop only.
 */
public interface Datagrams {
    /** The loop that this socket lives on. */
    MediaLoop loop();

    /** Where it is bound; the port is what counts, the address may be the wildcard. */
    InetSocketAddress local();

    /** Sends a copy of these bytes at the end of the loop's turn, together with what else is sent until then. */
    void send(InetSocketAddress remote, byte[] data, int offset, int length);

    /** Whether the socket takes more; if not, what can wait or be left out should be. */
    boolean writable();
}
