package oriel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.RtpViewerBuilder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/**
 * Viewers in a process of their own, on one thread that reads their sockets: they connect (ICE, DTLS), count packets and
 * gaps and decrypt one packet of a hundred. Answers each line:
 *
 * <pre>
 * join COUNT       viewers from now on; answers the milliseconds from offer to first packet of each new one
 * sit SECONDS      answers packets, missing ones, and those that could not be opened, of all viewers in that time
 * leave            all of them; answers ok
 * </pre>
 */
final class Swarm {
    private static final int OPENED_OF = 100;
    private static final int AT_ONCE = 4;

    /** What Chromium agrees on where the server is the DTLS server and prefers it. */
    static final String GCM = "gcm";

    /** What it chooses by itself of the offers of a server that is the DTLS client. */
    static final String COUNTER_MODE = "cm";

    private final String base;
    private final String stream;
    private final boolean gcm;
    private final ViewerLoop loop = ViewerLoop.start();
    private final List<RtpViewer> viewers = new ArrayList<>();

    private Swarm(String base, String stream, boolean gcm) {
        this.base = base;
        this.stream = stream;
        this.gcm = gcm;
    }

    /** Starts the process. */
    static LineChild start(Path folder, MeasuredServer server, String stream, String cipher) throws IOException {
        List<String> command = List.of(
                JavaChild.java().toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Swarm.class.getName(),
                server.base(),
                stream,
                cipher);
        return LineChild.start(folder, command);
    }

    /** Words: the server's address, the stream, {@value #GCM} or {@value #COUNTER_MODE}. */
    @SuppressWarnings("SystemOut") // That is where the bench reads.
    public static void main(String[] words) throws Exception {
        Swarm swarm = new Swarm(words[0], words[1], words[2].equals(GCM));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(swarm.answer(line.split(" ", 2)));
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "join" -> join(Integer.parseInt(words[1]));
            case "sit" -> sit(Long.parseLong(words[1]));
            case "leave" -> leave();
            default -> throw new IOException("no such word: " + words[0]);
        };
    }

    private String join(int count) throws InterruptedException, ExecutionException {
        List<Future<Joined>> joining = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = viewers.size(); i < count; i++) {
                joining.add(threads.submit(this::joined));
            }
        }
        List<String> millis = new ArrayList<>();
        for (Future<Joined> joined : joining) {
            viewers.add(joined.get().viewer);
            millis.add(Long.toString(joined.get().millis));
        }
        return String.join(" ", millis);
    }

    private record Joined(RtpViewer viewer, long millis) {}

    private Joined joined() throws IOException, InterruptedException {
        RtpViewerBuilder builder =
                RtpViewer.of(ViewerOffer.CHROMIUM).on(loop).active().opensOneOf(OPENED_OF);
        RtpViewer viewer = (gcm ? builder : builder.withoutGcm()).open();
        long begin = System.nanoTime();
        viewer.answer(ViewerDoors.json(base, stream, viewer.offer()));
        viewer.awaitPackets("video", 1);
        return new Joined(viewer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private String sit(long seconds) throws InterruptedException {
        long packets = packets();
        long missing = missing();
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        int refused = viewers.stream().mapToInt(RtpViewer::refused).sum();
        return (packets() - packets) + " " + (missing() - missing) + " " + refused;
    }

    private long packets() {
        return viewers.stream()
                .mapToLong(viewer -> viewer.track("video").count())
                .sum();
    }

    private long missing() {
        return viewers.stream()
                .mapToLong(viewer -> viewer.track("video").missing())
                .sum();
    }

    private String leave() {
        viewers.forEach(RtpViewer::close);
        viewers.clear();
        return "ok";
    }
}
