package oriel.api;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One TCP connection on which requests follow each other, as clients that keep theirs send them. */
final class KeptConnection implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static KeptConnection open(int port) throws IOException {
        return new KeptConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Sends one request and reads its answer; gives the head. */
    String call(String method, String path, String type, String body) throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length:");
        if (at < 0) {
            throw new IOException("an answer of unknown length: " + head);
        }
        int length = Integer.parseInt(
                lower.substring(at + 15, lower.indexOf('\r', at)).strip());
        in.readFully(new byte[length]);
        return head.toString();
    }

    /** Whether the server leaves the connection as it is for so long, while nothing is said. */
    boolean staysOpen(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
