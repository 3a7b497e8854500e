package oriel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged Oriel as a process of its own, in an empty folder, on free ports, without the demo camera. */
final class OrielProcess implements MeasuredServer {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** It says nothing that could be waited for; a start is measured this exactly. */
    private static final long BETWEEN_LOOKS_MILLIS = 2;

    private static final byte[] ASK =
            "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALIVE = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final JavaChild child;
    private final int port;
    private final long aliveNanos;

    private OrielProcess(JavaChild child, int port, long aliveNanos) {
        this.child = child;
        this.port = port;
        this.aliveNanos = aliveNanos;
    }

    /** Starts it with {@code yaml} besides; returns as soon as {@code /livez} has answered 200. */
    static OrielProcess start(Path folder, String... yaml) throws IOException, InterruptedException {
        return start(folder, JavaChild.FLAGS, List.of(yaml));
    }

    /** The same with as much heap as the JVM begins with by itself. */
    static OrielProcess startWithLargeHeap(Path folder) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(JavaChild.FLAGS);
        flags.remove(JavaChild.SMALL_BEGINNING);
        return start(folder, flags, List.of());
    }

    /** The same with other flags. */
    static OrielProcess start(Path folder, List<String> flags, List<String> yaml)
            throws IOException, InterruptedException {
        int port = FreePort.find();
        List<String> words = new ArrayList<>(
                List.of("-jar", Path.of("target", "oriel.jar").toAbsolutePath().toString()));
        words.addAll(List.of(
                "-c",
                "{api: {listen: \"127.0.0.1:" + port + "\"}, webrtc: {listen: \":0\"}, oriel: {demo: off},"
                        + " log: {output: stderr}}"));
        for (String text : yaml) {
            words.addAll(List.of("-c", text));
        }
        JavaChild child = JavaChild.start(folder, flags, words);
        try {
            long end = child.begunNanos() + PATIENCE_NANOS;
            while (!alive(port)) {
                if (System.nanoTime() > end || !child.alive()) {
                    throw new IOException("Oriel does not start; see " + folder.resolve("log"));
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
            return new OrielProcess(child, port, System.nanoTime());
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    @Override
    public String base() {
        return "http://127.0.0.1:" + port;
    }

    /** The body of an answer. */
    String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base() + path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** From its start to the first 200. */
    double millisToAlive() {
        return (aliveNanos - child.begunNanos()) / 1e6;
    }

    @Override
    public ProcessHandle process() {
        return child.process();
    }

    @Override
    public void close() {
        child.close();
    }

    private static boolean alive(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(ASK);
            InputStream in = socket.getInputStream();
            return Arrays.equals(in.readNBytes(ALIVE.length), ALIVE);
        } catch (IOException e) {
            return false;
        }
    }
}
