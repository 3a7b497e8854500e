package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the collector holds everything up while 200 viewers watch, and how much it has to collect. */
final class PausesPart implements BenchPart {
    private static final int VIEWERS = 200;
    private static final int MEGABITS = 4;
    private static final String STREAM = "bench";
    private static final int SETTLE_SECONDS = 15;
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+)GC");

    /** Flags of one collector alone. */
    private static final Pattern TUNING = Pattern.compile("-XX:(Z|Shenandoah)[A-Z].*");

    private static final List<String> OTHERS = List.of("Serial", "Z");

    /**
     * As in {@code [12.345s][info][safepoint] Safepoint "ZMarkStartYoung", Time since last: 2 ns, Reaching safepoint: 3 ns,
     * Cleanup: 1 ns, At safepoint: 4 ns, Leaving safepoint: 1 ns, Total: 9 ns, Threads: ...}: all that holds threads up,
     * whoever asked for it.
     */
    private static final Pattern PAUSE = Pattern.compile("^\\[[0-9.]+s].* Total: +(\\d+) ns");

    private final Path folder;

    PausesPart(Path folder) {
        this.folder = folder.resolve("pauses");
    }

    @Override
    public String id() {
        return "pauses";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        Pauses shipped = new Pauses(Optional.empty(), effort.pauseSeconds());
        List<Figure> figures = new ArrayList<>();
        for (String other : OTHERS) {
            Pauses beside = new Pauses(Optional.of(other), effort.otherPauseSeconds());
            String name = ", beside " + other + "GC";
            figures.add(Figure.of("longest pause" + name, "ms", shipped.longest(), beside.longest())
                    .below(5));
            figures.add(Figure.of("pauses in all" + name, "ms/s", shipped.share(), beside.share()));
            figures.add(Figure.of("CPU of the server" + name, "%", shipped.cpu(), beside.cpu()));
            figures.add(Figure.of("`VmRSS`" + name, "MB", shipped.rss(), beside.rss()));
        }
        return Section.of(id(), figures);
    }

    /** One collector's run. */
    private final class Pauses {
        private final List<Double> millis = new ArrayList<>();
        private final double seconds;
        private final double cpuSeconds;
        private final double megabytes;

        /** @param other in place of the launcher's collector */
        Pauses(Optional<String> other, int seconds) throws Exception {
            this.seconds = seconds;
            Path place = folder.resolve(other.orElse("shipped"));
            Path log = place.toAbsolutePath().resolve("gc.log");
            List<String> flags = new ArrayList<>(JavaChild.FLAGS);
            if (other.isPresent()) {
                flags.replaceAll(flag -> COLLECTOR.matcher(flag).matches() ? "-XX:+Use" + other.get() + "GC" : flag);
                flags.removeIf(flag -> TUNING.matcher(flag).matches());
            }
            flags.add("-Xlog:gc,safepoint:file=" + log + ":uptime,level,tags");
            try (PacedCamera camera = new PacedCamera(MEGABITS);
                    OrielProcess oriel =
                            OrielProcess.start(place, flags, List.of("{streams: {bench: \"" + camera.url() + "\"}}"));
                    LineChild viewers = Swarm.start(place.resolve("viewers"), oriel, STREAM, Swarm.GCM)) {
                viewers.ask("join " + VIEWERS);
                viewers.ask("sit " + SETTLE_SECONDS);
                double before = oriel.cpuSeconds();
                long lines = count(log);
                viewers.ask("sit " + seconds);
                cpuSeconds = oriel.cpuSeconds() - before;
                megabytes = oriel.megabytes("Rss");
                read(log, lines);
            }
        }

        private static long count(Path log) throws IOException {
            return Files.readAllLines(log).size();
        }

        private void read(Path log, long skip) throws IOException {
            for (String line : Files.readAllLines(log).stream().skip(skip).toList()) {
                Matcher pause = PAUSE.matcher(line);
                if (pause.find()) {
                    millis.add(Long.parseLong(pause.group(1)) / 1e6);
                }
            }
        }

        Samples longest() {
            return Samples.of(
                    millis.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        }

        Samples share() {
            return Samples.of(millis.stream().mapToDouble(Double::doubleValue).sum() / seconds);
        }

        Samples cpu() {
            return Samples.of(100 * cpuSeconds / seconds);
        }

        Samples rss() {
            return Samples.of(megabytes);
        }
    }
}
