package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What viewers cost the whole server: an RTSP camera, 1 to 200 viewers that really receive, in a third process; Oriel and
 * go2rtc in turn, each with the same camera and the same viewers.
 */
final class ViewersPart implements BenchPart {
    private static final String STREAM = "bench";
    private static final int FEW = 10;
    private static final int MANY = 50;
    private static final int MOST = 200;
    private static final List<Integer> CROWDS = List.of(1, FEW, MANY, MOST);
    private static final List<Integer> MEGABITS = List.of(2, 4);
    private static final long SETTLE_SECONDS = 3;
    private static final double SECONDS_A_MINUTE = 60;

    private final Path folder;

    ViewersPart(Path folder) {
        this.folder = folder.resolve("viewers");
    }

    /**
     * What one server showed with so many viewers, a value a run.
     *
     * @param cpu seconds of CPU a minute, for all viewers together
     * @param arrived percent of the packets
     */
    private record Shown(List<Double> cpu, List<Double> arrived) {
        Shown() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One server's crowds. */
    private static final class Crowds {
        private final Map<Integer, Shown> all = new HashMap<>();

        Shown of(int viewers) {
            return all.computeIfAbsent(viewers, key -> new Shown());
        }

        Samples cpu(int viewers) {
            return Samples.of(of(viewers).cpu.stream().map(all -> all / viewers).toList());
        }

        /** The CPU that each viewer adds, from {@code few} to {@code many} of them. */
        Samples added(int few, int many) {
            List<Double> less = of(few).cpu;
            List<Double> more = of(many).cpu;
            return Samples.of(IntStream.range(0, more.size())
                    .mapToObj(i -> (more.get(i) - less.get(i)) / (many - few))
                    .toList());
        }
    }

    @Override
    public String id() {
        return "viewers";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        Optional<Path> go2rtc = Go2rtcProcess.program();
        if (go2rtc.isEmpty()) {
            return Section.missing(id(), Go2rtcProcess.MISSING);
        }
        List<Figure> figures = new ArrayList<>();
        for (int megabits : MEGABITS) {
            Path place = folder.resolve(megabits + "mbit");
            try (PacedCamera camera = new PacedCamera(megabits);
                    OrielProcess oriel =
                            OrielProcess.start(place.resolve("oriel"), "{streams: {bench: \"" + camera.url() + "\"}}");
                    Go2rtcProcess other =
                            Go2rtcProcess.start(go2rtc.get(), place.resolve("go2rtc"), STREAM, camera.url());
                    LineChild ourViewers = Swarm.start(place.resolve("our-viewers"), oriel, STREAM, Swarm.GCM);
                    LineChild theirViewers =
                            Swarm.start(place.resolve("their-viewers"), other, STREAM, Swarm.COUNTER_MODE)) {
                Crowds ours = new Crowds();
                Crowds theirs = new Crowds();
                run(effort, oriel, ourViewers, MANY, new Shown()); // A young JVM compiles.
                run(effort, other, theirViewers, MANY, new Shown());
                for (int i = 0; i < effort.crowds(); i++) {
                    for (int crowd : CROWDS) {
                        run(effort, oriel, ourViewers, crowd, ours.of(crowd));
                        run(effort, other, theirViewers, crowd, theirs.of(crowd));
                    }
                }
                figures.addAll(figures(megabits, ours, theirs));
            }
        }
        return Section.of(id(), figures);
    }

    private static void run(Effort effort, MeasuredServer server, LineChild viewers, int crowd, Shown shown)
            throws IOException {
        viewers.ask("join " + crowd);
        viewers.ask("sit " + SETTLE_SECONDS);
        double before = server.cpuSeconds();
        String[] seen = viewers.ask("sit " + effort.crowdSeconds()).split(" ", 3);
        double seconds = server.cpuSeconds() - before;
        shown.cpu.add(seconds * SECONDS_A_MINUTE / effort.crowdSeconds());
        double came = Double.parseDouble(seen[0]);
        shown.arrived.add(100 * came / (came + Math.max(0, Double.parseDouble(seen[1]))));
        if (!seen[2].equals("0")) {
            throw new IOException(seen[2] + " packets of " + server.base() + " could not be opened");
        }
        viewers.ask("leave");
    }

    private static List<Figure> figures(int megabits, Crowds ours, Crowds theirs) {
        List<Figure> figures = new ArrayList<>();
        String rate = megabits + " Mbit/s, ";
        for (int crowd : CROWDS) {
            String who = rate + crowd + (crowd == 1 ? " viewer" : " viewers");
            figures.add(Figure.of(who + ": CPU of each a minute", "s", ours.cpu(crowd), theirs.cpu(crowd)));
        }
        for (int many : List.of(MANY, MOST)) {
            figures.add(Figure.of(
                            rate + "each further viewer from " + FEW + " to " + many + ": CPU a minute",
                            "s",
                            ours.added(FEW, many),
                            theirs.added(FEW, many))
                    .atMost(0.2));
        }
        figures.add(Figure.of(
                rate + MOST + " viewers: packets that came",
                "%",
                Samples.of(ours.of(MOST).arrived()),
                Samples.of(theirs.of(MOST).arrived())));
        return figures;
    }
}
