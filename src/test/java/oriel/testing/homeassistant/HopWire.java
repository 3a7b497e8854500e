package oriel.testing.homeassistant;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** One connection of a hop of {@link IngressRig}: HTTP/1.1 as it goes over the wire. For one thread at a time. */
final class HopWire implements Closeable {
    private static final int MAX_LINE = 64 * 1024;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    HopWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** A header line. */
    record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** The first line's words, and the header lines in their order. */
    record Head(String first, List<Header> headers) {
        String word(int index) {
            return first.split(" ", 3)[index];
        }

        /** The first header of this name, or nothing. */
        Optional<String> value(String name) {
            return headers.stream()
                    .filter(header -> header.is(name))
                    .map(Header::value)
                    .findFirst();
        }

        boolean has(String name, String word) {
            return value(name)
                    .filter(value -> value.toLowerCase(Locale.ROOT).contains(word))
                    .isPresent();
        }

        boolean upgrades() {
            return has("Connection", "upgrade") && has("Upgrade", "websocket");
        }
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    String peer() {
        return socket.getInetAddress().getHostAddress();
    }

    /** The next head; empty at the end of the connection. */
    Optional<Head> head() throws IOException {
        String first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Stream.Builder<Header> headers = Stream.builder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return Optional.of(new Head(first, headers.build().toList()));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("a line without end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** What follows this head, without its transfer and content codings. */
    InputStream body(Head head) throws IOException {
        InputStream body = head.has("Transfer-Encoding", "chunked")
                ? new Chunks()
                : new Limited(Long.parseLong(head.value("Content-Length").orElse("0")));
        return switch (head.value("Content-Encoding").orElse("")) {
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default -> body;
        };
    }

    void write(String first, List<Header> headers, byte[] body) throws IOException {
        StringBuilder text = new StringBuilder(first).append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** One chunk of a body; none is its end. */
    void writeChunk(byte[] data, int length) throws IOException {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(data, 0, length);
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** So many bytes of the connection. */
    private class Limited extends InputStream {
        long left;

        Limited(long left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] data, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(data, offset, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("the body is short of " + left);
            }
            left -= got;
            return got;
        }
    }

    /** The chunks of a body (RFC 9112, section 7.1), one behind the other. */
    private final class Chunks extends Limited {
        private boolean begun;
        private boolean ended;

        Chunks() {
            super(0);
        }

        @Override
        public int read(byte[] data, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            return super.read(data, offset, length);
        }

        private void next() throws IOException {
            if (begun) {
                line();
            }
            begun = true;
            left = Long.parseLong(line().replaceFirst(";.*", "").strip(), 16);
            if (left == 0) {
                ended = true;
                while (!line().isEmpty()) {
                    // Trailers.
                }
            }
        }
    }
}
