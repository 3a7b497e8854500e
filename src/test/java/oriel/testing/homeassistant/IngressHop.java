package oriel.testing.homeassistant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.zip.DeflaterOutputStream;
import oriel.testing.homeassistant.HopWire.Head;
import oriel.testing.homeassistant.HopWire.Header;

/**
 * One of the two proxies of {@link IngressRig}. Both are aiohttp servers and clients, and this does what those do: short
 * answers are held until they are whole, others come piece by piece; connections to the next hop are kept and shared by
 * whoever asks; a WebSocket is open for the browser before the next hop has said anything. No connection to the browser is
 * compressed by WebSocket extensions, which Core would offer.
 */
final class IngressHop implements AutoCloseable {
    private static final Set<String> BODY = Set.of("content-length", "content-encoding", "transfer-encoding");
    private static final int HELD = 4_194_000;
    private static final int WORTH_COMPRESSING = 128;
    private static final byte[] NOTHING = {};

    /** What a hop makes of a request. */
    sealed interface Decision {
        /** It goes no further. */
        record Refused(int status) implements Decision {}

        /** It goes on to this port, under this path and query. */
        record Onwards(int port, String target, List<Header> headers) implements Decision {}
    }

    /** The rules of a hop. */
    interface Rules {
        Decision decide(Head head, String peer);

        /** The most bytes that a message of a WebSocket may have. */
        int maxMessage();

        /** Whether it is Core, which lets of several headers of one name only the last through, and compresses. */
        boolean isCore();
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<HopWire> wires = ConcurrentHashMap.newKeySet();
    private final Deque<HopWire> idle = new ConcurrentLinkedDeque<>();
    private final Rules rules;

    IngressHop(Rules rules) throws IOException {
        this.rules = rules;
        Thread.ofVirtual().name("ingress hop").start(this::listen);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (HopWire wire : wires) {
            wire.close();
        }
    }

    private void listen() {
        try {
            while (true) {
                HopWire near = kept(door.accept());
                Thread.ofVirtual().name("ingress request").start(() -> serve(near));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private HopWire kept(Socket socket) throws IOException {
        HopWire wire = new HopWire(socket);
        wires.add(wire);
        return wire;
    }

    private void drop(HopWire wire) {
        wires.remove(wire);
        try {
            wire.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    private void serve(HopWire near) {
        try {
            boolean open = true;
            while (open) {
                Optional<Head> head = near.head();
                open = head.isPresent() && handle(near, head.get());
            }
        } catch (IOException e) {
            // The browser is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop(near);
        }
    }

    private boolean handle(HopWire near, Head head) throws IOException, InterruptedException {
        byte[] body = near.body(head).readAllBytes();
        switch (rules.decide(head, near.peer())) {
            case Decision.Refused(int status) -> near.write("HTTP/1.1 " + status + " Refused", length(0), NOTHING);
            case Decision.Onwards onwards
            when head.upgrades() -> {
                converse(near, head, onwards);
                return false;
            }
            case Decision.Onwards onwards -> forward(near, head, onwards, body);
        }
        return true;
    }

    private void forward(HopWire near, Head head, Decision.Onwards onwards, byte[] body) throws IOException {
        HopWire far;
        Optional<Head> answer;
        try {
            far = ask(head, onwards, body);
            answer = far.head();
            if (answer.isEmpty()) {
                drop(far);
                far = ask(head, onwards, body);
                answer = far.head();
            }
        } catch (IOException e) {
            near.write("HTTP/1.1 502 Bad Gateway", length(0), NOTHING);
            return;
        }
        if (answer.isEmpty()) {
            drop(far);
            near.write("HTTP/1.1 502 Bad Gateway", length(0), NOTHING);
            return;
        }
        pass(near, head, far, answer.get());
        if (answer.get().has("Connection", "close")) {
            drop(far);
        } else {
            idle.push(far);
        }
    }

    private HopWire ask(Head head, Decision.Onwards onwards, byte[] body) throws IOException {
        HopWire used = idle.poll();
        HopWire far = used == null ? dial(onwards.port()) : used;
        List<Header> headers = new ArrayList<>(onwards.headers());
        headers.add(new Header("Accept-Encoding", "gzip, deflate"));
        if (!head.word(0).equals("GET")) {
            headers.addAll(length(body.length));
        }
        far.write(head.word(0) + " " + onwards.target() + " HTTP/1.1", headers, body);
        return far;
    }

    private HopWire dial(int port) throws IOException {
        return kept(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private static List<Header> length(long length) {
        return List.of(new Header("Content-Length", Long.toString(length)));
    }

    private void pass(HopWire near, Head asked, HopWire far, Head answer) throws IOException {
        String status = "HTTP/1.1 " + answer.first().split(" ", 2)[1];
        List<Header> headers = headers(answer);
        int code = Integer.parseInt(answer.word(1));
        if (code == 204 || code == 304 || asked.word(0).equals("HEAD")) {
            near.write(status, headers, NOTHING);
            return;
        }
        String type = answer.value("Content-Type").orElse("application/octet-stream");
        String plainType = type.replaceFirst(";.*", "").strip();
        headers.add(new Header("Content-Type", plainType));
        long length = answer.value("Content-Length").map(Long::parseLong).orElse(Long.MAX_VALUE);
        InputStream body = far.body(answer);
        if (length <= HELD) {
            byte[] whole = body.readAllBytes();
            if (rules.isCore() && length > WORTH_COMPRESSING && compresses(asked, plainType)) {
                headers.add(new Header("Content-Encoding", "deflate"));
                whole = deflated(whole);
            }
            headers.addAll(length(whole.length));
            near.write(status, headers, whole);
        } else {
            stream(near, status, headers, body);
        }
    }

    private void stream(HopWire near, String status, List<Header> headers, InputStream body) throws IOException {
        headers.add(new Header("Transfer-Encoding", "chunked"));
        near.write(status, headers, NOTHING);
        byte[] buffer = new byte[16 * 1024];
        for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
            near.writeChunk(buffer, got);
        }
        near.writeChunk(NOTHING, 0);
    }

    private List<Header> headers(Head answer) {
        List<Header> headers = new ArrayList<>();
        for (Header header : answer.headers()) {
            if (!BODY.contains(header.name().toLowerCase(Locale.ROOT)) && !header.is("Content-Type")) {
                if (rules.isCore()) {
                    headers.removeIf(before -> before.is(header.name()));
                }
                headers.add(header);
            }
        }
        return headers;
    }

    private static boolean compresses(Head asked, String type) {
        return asked.has("Accept-Encoding", "deflate")
                && !type.matches("(video|audio|font)/.*|image/(?!svg).*|text/event-stream")
                && !type.matches("application/(?!json|xml|javascript).*");
    }

    private static byte[] deflated(byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(data);
        }
        return out.toByteArray();
    }

    private void converse(HopWire near, Head head, Decision.Onwards onwards) throws IOException, InterruptedException {
        near.write(
                "HTTP/1.1 101 Switching Protocols",
                List.of(
                        new Header("Upgrade", "websocket"),
                        new Header("Connection", "upgrade"),
                        new Header(
                                "Sec-WebSocket-Accept",
                                accept(head.value("Sec-WebSocket-Key").orElseThrow()))),
                NOTHING);
        HopWire far = dial(onwards.port());
        try {
            List<Header> headers = new ArrayList<>(onwards.headers());
            headers.add(new Header("Sec-WebSocket-Version", "13"));
            headers.add(new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
            far.write("GET " + onwards.target() + " HTTP/1.1", headers, NOTHING);
            Optional<Head> answer = far.head();
            if (answer.filter(said -> said.word(1).equals("101")).isPresent()) {
                new FrameRelay(rules.maxMessage()).run(near, far);
            }
        } finally {
            drop(far);
        }
    }

    private static String accept(String key) {
        try {
            byte[] salted = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
