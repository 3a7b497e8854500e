package oriel.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One UDP socket on one loop, or what sends like one; several sockets, one a loop, may share a port. Everything here is for
 * its loop only.
 */
public interface Datagrams {
    /** The loop that this socket lives on. */
    MediaLoop loop();

    /** Where it is bound; the port is what counts, the address may be the wildcard. */
    InetSocketAddress local();

    /** The address that all it sends comes from; empty if the system chooses one for each datagram. */
    Optional<InetAddress> bound();

    /** Sends a copy of these bytes at the end of the loop's turn, together with what else is sent until then. */
    default void send(InetSocketAddress remote, byte[] data, int offset, int length) {
        int at = reserve(remote, length);
        System.arraycopy(data, offset, staging(), at, length);
        commit(length);
    }

    /** The array that {@link #reserve} gives places on; the same for the socket's life. */
    byte[] staging();

    /**
     * A place on {@link #staging()} for one datagram, for those who can write it where it leaves from. It is theirs until
     * they call anything else here.
     *
     * @param remote where it is to go
     * @param maxLength bytes, at most 2048
     */
    int reserve(InetSocketAddress remote, int maxLength);

    /** Sends what was written at the place reserved last, as {@link #send} does. */
    void commit(int length);

    /** Whether the socket takes more; if not, what can wait or be left out should be. */
    boolean writable();

    /** Whether there is a socket at all: a connection may have closed, and another may come for it. */
    boolean open();
}
