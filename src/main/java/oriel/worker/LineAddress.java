package oriel.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import oriel.base.Bytes;

/**
 * Where the worker finds the gateway, and the token that it shows there. The worker reads it from its standard input,
 * which no other process sees: two lines, {@code unix:<path>} or {@code tcp:<port>}, and the token in hexadecimal.
 */
record LineAddress(SocketAddress address, Bytes token) {
    static final int TOKEN_BYTES = 32;

    private static final String UNIX = "unix:";
    private static final String TCP = "tcp:";
    private static final int MAX_LINE = 4096;

    /** As the worker reads it. */
    String lines() {
        String where = switch (address) {
            case UnixDomainSocketAddress unix -> UNIX + unix.getPath();
            case InetSocketAddress inet -> TCP + inet.getPort();
            default -> throw new IllegalStateException("no such line: " + address);
        };
        return where + "\n" + token.toHex() + "\n";
    }

    /**
     * Reads what {@link #lines()} wrote.
     *
     * @throws IOException if the gateway has gone or says something else
     */
    static LineAddress read(BufferedReader in) throws IOException {
        String where = line(in);
        String token = line(in);
        try {
            Bytes bytes = Bytes.of(HexFormat.of().parseHex(token));
            if (bytes.length() == TOKEN_BYTES && where.startsWith(UNIX)) {
                return new LineAddress(UnixDomainSocketAddress.of(where.substring(UNIX.length())), bytes);
            }
            if (bytes.length() == TOKEN_BYTES && where.startsWith(TCP)) {
                int port = Integer.parseInt(where.substring(TCP.length()));
                return new LineAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("no address of a worker line", e);
        }
        throw new IOException("no address of a worker line");
    }

    /** Connects and shows the token. */
    SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        ByteBuffer out = token.toBuffer();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return channel;
    }

    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() >= MAX_LINE) {
                throw new IOException("no address of a worker line: the gateway has gone");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
