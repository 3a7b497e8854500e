package oriel.testing.homeassistant;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One connection to the fake: HTTP/1.1, and a WebSocket's frames. For one thread. */
final class FakeWire {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int FINAL = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    FakeWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** One request as it came; header names in lower case. */
    record Request(String method, String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** The next request; empty at the end of the connection. */
    Optional<Request> request() throws IOException {
        String first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] words = first.split(" ");
        return Optional.of(new Request(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8)));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Answers a request; whether the connection may serve another. */
    boolean answer(FakeAnswer answer) throws IOException {
        switch (answer) {
            case FakeAnswer.Reply reply -> {
                byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                text("HTTP/1.1 " + reply.status() + " Said\r\nContent-Type: " + reply.type() + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n");
                out.write(body);
                out.flush();
                return true;
            }
            case FakeAnswer.Raw raw -> text(raw.bytes());
            case FakeAnswer.Redirect redirect ->
                text("HTTP/1.1 302 Found\r\nLocation: " + redirect.location() + "\r\nContent-Length: 0\r\n\r\n");
            case FakeAnswer.Silence s -> awaitEnd();
            case FakeAnswer.Endless e -> {
                text("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                    text("400\r\n" + " ".repeat(0x400) + "\r\n");
                }
            }
            case FakeAnswer.Hangup h -> {}
        }
        return false;
    }

    /** Answers a command over the WebSocket; whether the conversation goes on. */
    boolean say(FakeAnswer answer) throws IOException {
        switch (answer) {
            case FakeAnswer.Reply reply -> {
                frame(FINAL | TEXT, reply.body());
                return true;
            }
            case FakeAnswer.Raw raw -> frame(FINAL | TEXT, raw.bytes());
            case FakeAnswer.Redirect r -> throw new IllegalArgumentException("a WebSocket sends nobody elsewhere");
            case FakeAnswer.Silence s -> awaitEnd();
            case FakeAnswer.Endless e -> {
                frame(TEXT, "[");
                while (true) {
                    frame(0, " ".repeat(1024));
                }
            }
            case FakeAnswer.Hangup h -> {}
        }
        return false;
    }

    void upgrade(Request request) throws IOException {
        text("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(request.header("sec-websocket-key")) + "\r\n\r\n");
    }

    private static String accept(String key) {
        try {
            String salted = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-1").digest(salted.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next text message; empty at the end of the conversation. A message is one frame here. */
    Optional<String> hear() throws IOException {
        while (true) {
            int opcode;
            try {
                opcode = in.readUnsignedByte() & 0x0F;
            } catch (EOFException e) {
                return Optional.empty();
            }
            int length = in.readUnsignedByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] data = in.readNBytes(length);
            for (int i = 0; i < data.length; i++) {
                data[i] ^= mask[i % 4];
            }
            if (opcode == CLOSE) {
                frame(FINAL | CLOSE, "");
                return Optional.empty();
            }
            if (opcode == TEXT) {
                return Optional.of(new String(data, StandardCharsets.UTF_8));
            }
        }
    }

    private void frame(int head, String text) throws IOException {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (data.length < 126) {
            frame.write(data.length);
        } else if (data.length < 65536) {
            frame.write(126);
            frame.write(data.length >> 8);
            frame.write(data.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) data.length >> shift));
            }
        }
        frame.writeBytes(data);
        out.write(frame.toByteArray());
        out.flush();
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // Whatever is sent meanwhile.
        }
    }

    void close() throws IOException {
        socket.close();
    }
}
