package oriel.net;

import java.net.InetSocketAddress;

/** A TCP connection that carries datagrams, each with its length before it (RFC 4571). Any thread, unless said otherwise. */
public interface FramedConnection {
    /** The loop that it is read on. */
    MediaLoop loop();

    /** Our end. */
    InetSocketAddress local();

    /** The other end; behind a tunnel that is the tunnel's. */
    InetSocketAddress remote();

    /** Sends a copy of these bytes at once. */
    void send(byte[] data, int offset, int length);

    /**
     * The way for media, which is collected until the end of {@code loop}'s turn. It is full when the connection has not
     * taken everything for half a second, until it has, so what it holds is never older than the stream is behind.
     *
     * @param loop whose it is alone; the same at each call
     */
    Datagrams media(MediaLoop loop);

    /** Ends it; the receiver hears that it is closed. */
    void close();
}
