package oriel.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import oriel.output.webrtc.LaneLoop;

/**
 * What a packet costs from the burst to the kernel, for 200 viewers with keys of their own, each time a frame of 14 packets:
 * ours, the least that it takes in C, and a call for each packet in Java. To sockets of this machine that nobody reads, and
 * out of it through a device that takes trains whole, as network cards do.
 */
final class LanePart implements BenchPart {
    private static final String VIEWERS = "200";
    private static final String BURST = "14";
    private static final String BYTES = "1200";
    private static final int SOCKETS = 8;

    /** Packets a second of 4 Mbit/s. */
    private static final double VIEWER_RATE = 4e6 / 8 / 1200;

    // Four seconds: what the JVM does now and then, a collection every ten seconds, has about the weight that it has in
    // use.
    private static final int ROUNDS = 1500;
    private static final int SINGLE_ROUNDS = 300;
    private static final int JAVA_WARM_UP = 6000;

    private static final String AWAY = "198.51.100.2";
    private static final String NAMESPACE = "ip link set lo up && ip link add sink type ifb"
            + " && ip link set sink up arp off && ip addr add 198.51.100.1/24 dev sink && exec \"$@\"";

    private final Path folder;

    LanePart(Path folder) {
        this.folder = folder.resolve("lane");
    }

    @Override
    public String id() {
        return "lane";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        Path yardstick = compile();
        if (!Files.isExecutable(yardstick)) {
            return Section.missing(id(), "no C compiler (cc) with OpenSSL's headers; see " + folder.resolve("cc"));
        }
        List<Figure> figures = new ArrayList<>();
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
            List<String> ports = sockets.stream()
                    .map(socket -> Integer.toString(socket.getLocalPort()))
                    .toList();
            figures.addAll(figures("on loopback", effort, yardstick, "127.0.0.1", ports, List.of(), true));
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        List<String> namespace = List.of("unshare", "-n", "sh", "-c", NAMESPACE, "sh");
        if (runs(namespace)) {
            List<String> ports = List.of("5000", "5001", "5002", "5003", "5004", "5005", "5006", "5007");
            figures.addAll(figures("leaving the machine", effort, yardstick, AWAY, ports, namespace, false));
        }
        return Section.of(id(), figures);
    }

    private List<Figure> figures(
            String where,
            Effort effort,
            Path yardstick,
            String address,
            List<String> ports,
            List<String> prefix,
            boolean promised)
            throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        try (LineChild lane = start(prefix, LaneLoop.class, address, ports);
                LineChild c = start(prefix, yardstick, List.of(address, VIEWERS, BURST, BYTES), ports);
                LineChild single = start(prefix, SingleSends.class, address, ports)) {
            nanos(lane, JAVA_WARM_UP);
            nanos(c, ROUNDS);
            nanos(single, SINGLE_ROUNDS);
            for (int i = 0; i < effort.lanes(); i++) {
                ours.add(nanos(lane, ROUNDS));
                least.add(nanos(c, ROUNDS));
                singles.add(nanos(single, SINGLE_ROUNDS));
            }
        }
        String packet = "a packet " + where + ", beside ";
        Figure besideC = Figure.of(packet + "C", "ns", Samples.of(ours), Samples.of(least));
        Figure besideSingle =
                Figure.of(packet + "a call a packet in Java", "ns", Samples.of(ours), Samples.of(singles));
        return List.of(
                promised ? besideC.atMost(1.25) : besideC,
                promised ? besideSingle.atMost(1 / 3.0) : besideSingle,
                Figure.of("viewers of 4 Mbit/s a core " + where + ", beside C", "", viewers(ours), viewers(least)));
    }

    private static Samples viewers(List<Double> nanos) {
        return Samples.of(nanos.stream().map(each -> 1e9 / (each * VIEWER_RATE)).toList());
    }

    private static double nanos(LineChild child, int rounds) throws IOException {
        String[] answer = child.ask(Integer.toString(rounds)).split(" ", 2);
        return Double.parseDouble(answer[0]) / Double.parseDouble(answer[1]);
    }

    private LineChild start(List<String> prefix, Class<?> lane, String address, List<String> ports) throws IOException {
        List<String> words = new ArrayList<>(JavaChild.FLAGS);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), lane.getName()));
        words.addAll(List.of(address, VIEWERS, BURST, BYTES));
        return start(prefix, JavaChild.java(), words, ports);
    }

    private LineChild start(List<String> prefix, Path program, List<String> words, List<String> ports)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(words);
        command.addAll(ports);
        return LineChild.start(folder, command);
    }

    private Path compile() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path program = folder.resolve("lane");
        Path source = Path.of("src", "bench", "c", "lane.c").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                        "cc", "-O3", "-march=native", "-o", program.toString(), source.toString(), "-lcrypto")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cc").toFile());
        try {
            builder.start().waitFor(1, TimeUnit.MINUTES);
        } catch (IOException e) {
            Files.writeString(folder.resolve("cc"), e.toString());
        }
        return program;
    }

    private static boolean runs(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
