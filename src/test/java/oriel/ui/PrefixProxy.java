package oriel.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import oriel.testing.TestOriel;

/** Serves another port under a prefix that it takes off, as Home Assistant's ingress does. One request a connection. */
final class PrefixProxy implements AutoCloseable {
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String prefix;
    private final int target;
    private final String headers;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private PrefixProxy(String prefix, int target, String headers, ServerSocket server) {
        this.headers = headers;
        this.prefix = prefix;
        this.target = target;
        this.server = server;
    }

    /** @param headers whole lines that it adds to each request */
    static PrefixProxy start(String prefix, int target, String... headers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PrefixProxy proxy = new PrefixProxy(prefix, target, lines.toString(), server);
        Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    /** As Home Assistant's front end before {@link TestOriel#INGRESS}, for the user of this id. */
    static PrefixProxy ingress(TestOriel oriel, String user) throws IOException {
        return start("/api/hassio_ingress/t", oriel.ingressPort(), "X-Remote-User-Id: " + user);
    }

    /** No slash behind it. */
    String address() {
        return "http://127.0.0.1:" + server.getLocalPort() + prefix;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                Thread.ofVirtual().name("proxy request").start(() -> serve(near));
            } catch (IOException e) {
                // Closing.
            }
        }
    }

    private void serve(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(far);
            far.getOutputStream().write(stripped(head(near.getInputStream())).getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().name("proxy upwards").start(() -> copy(near, far));
            pump(far.getInputStream(), near.getOutputStream());
            sockets.remove(far);
        } catch (IOException e) {
            // One of the two has left, which the other one sees.
        } finally {
            sockets.remove(near);
        }
    }

    private String stripped(String head) throws IOException {
        String[] line = head.split(" ", 3);
        if (!line[1].startsWith(prefix + "/")) {
            throw new IOException("outside of the prefix: " + line[1]);
        }
        String rest = line[2].contains("Upgrade: websocket")
                ? line[2]
                : line[2].replaceFirst("(?i)Connection: keep-alive", "Connection: close");
        return line[0] + " " + line[1].substring(prefix.length()) + " " + rest.replaceFirst("\r\n", "\r\n" + headers);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(Socket from, Socket to) {
        try {
            pump(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // The other direction ends it.
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            to.write(buffer, 0, length);
            to.flush();
        }
    }
}
