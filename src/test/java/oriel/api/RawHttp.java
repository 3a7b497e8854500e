package oriel.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Sends one request byte for byte as a test wrote it, and reads the whole answer. */
record RawHttp(int status, String head, String body) {
    private static final int DEADLINE_MILLIS = 15_000;

    /** {@code head} without its last empty line; {@code Connection: close} is added. */
    static RawHttp send(int port, String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            String text = head.strip().replace("\n", "\r\n") + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("no answer: " + answer);
            }
            int status = Integer.parseInt(answer.split(" ", 3)[1]);
            return new RawHttp(status, answer.substring(0, end), answer.substring(end + 4));
        }
    }

    /** A request from this machine under the usual Host, with further header lines. */
    static RawHttp send(int port, String method, String path, String headers, String body) throws IOException {
        String length = "\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
        String head = method + " " + path + " HTTP/1.1\nHost: 127.0.0.1:" + port + length
                + (headers.isEmpty() ? "" : "\n" + headers);
        return send(port, head, body);
    }

    Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
