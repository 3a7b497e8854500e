package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What viewers who stay cost in memory: few of them, then many, each crowd looked at for longer than a collector rests; in
 * new processes each time, Oriel and go2rtc in turn.
 */
final class MemoryPart implements BenchPart {
    private static final String STREAM = "bench";
    private static final int MEGABITS = 4;
    private static final int FEW = 10;
    private static final int MANY = 200;
    private static final int SETTLE_SECONDS = 20;
    private static final double KILOBYTES = 1024;

    private final Path folder;

    MemoryPart(Path folder) {
        this.folder = folder.resolve("memory");
    }

    /** Megabytes resident with few and with many, a value a run. */
    private record Shown(List<Double> few, List<Double> many) {
        Shown() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Samples added() {
            List<Double> each = new ArrayList<>();
            for (int i = 0; i < few.size(); i++) {
                each.add((many.get(i) - few.get(i)) * KILOBYTES / (MANY - FEW));
            }
            return Samples.of(each);
        }
    }

    @Override
    public String id() {
        return "staying";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        Optional<Path> go2rtc = Go2rtcProcess.program();
        if (go2rtc.isEmpty()) {
            return Section.missing(id(), Go2rtcProcess.MISSING);
        }
        Shown ours = new Shown();
        Shown theirs = new Shown();
        for (int run = 0; run < effort.memories(); run++) {
            Path place = folder.resolve(String.valueOf(run));
            try (PacedCamera camera = new PacedCamera(MEGABITS)) {
                try (OrielProcess oriel =
                        OrielProcess.start(place.resolve("oriel"), "{streams: {bench: \"" + camera.url() + "\"}}")) {
                    look(effort, place.resolve("our-viewers"), oriel, Swarm.GCM, ours);
                }
                try (Go2rtcProcess other =
                        Go2rtcProcess.start(go2rtc.get(), place.resolve("go2rtc"), STREAM, camera.url())) {
                    look(effort, place.resolve("their-viewers"), other, Swarm.COUNTER_MODE, theirs);
                }
            }
        }
        return Section.of(
                id(),
                List.of(
                        Figure.of(FEW + " viewers, `VmRSS`", "MB", Samples.of(ours.few), Samples.of(theirs.few)),
                        Figure.of(MANY + " viewers, `VmRSS`", "MB", Samples.of(ours.many), Samples.of(theirs.many)),
                        Figure.of("each further viewer", "kB", ours.added(), theirs.added())
                                .below(200)));
    }

    private static void look(Effort effort, Path place, MeasuredServer server, String cipher, Shown shown)
            throws Exception {
        try (LineChild viewers = Swarm.start(place, server, STREAM, cipher)) {
            shown.few.add(resident(effort, server, viewers, FEW));
            shown.many.add(resident(effort, server, viewers, MANY));
        }
    }

    private static double resident(Effort effort, MeasuredServer server, LineChild viewers, int crowd)
            throws IOException {
        viewers.ask("join " + crowd);
        viewers.ask("sit " + SETTLE_SECONDS);
        double sum = 0;
        for (int i = 0; i < effort.memorySeconds(); i++) {
            viewers.ask("sit 1");
            sum += server.megabytes("Rss");
        }
        viewers.ask("leave");
        return sum / effort.memorySeconds();
    }
}
