package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the collector holds everything up while 200 viewers watch, and how much it has to collect. */
final class PausesPart implements BenchPart {
    private static final int VIEWERS = 200;
    private static final int MEGABITS = 4;
    private static final String STREAM = "bench";
    private static final int SETTLE_SECONDS = 15;
    private static final double MEGABYTE = 1 << 20;
    private static final String SERIAL = "-XX:+UseSerialGC";

    /** As in {@code [12.345s][info][gc] GC(7) Pause Young (Allocation Failure) 12M->3M(16M) 1.234ms}. */
    private static final Pattern PAUSE =
            Pattern.compile("^\\[([0-9.]+)s].* Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms$");

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
        Pauses serial = new Pauses(SERIAL, effort.pauseSeconds());
        Pauses parallel = new Pauses("-XX:+UseParallelGC", effort.otherPauseSeconds());
        Pauses g1 = new Pauses("-XX:+UseG1GC", effort.otherPauseSeconds());
        return Section.of(
                id(),
                List.of(
                        Figure.of(
                                        "longest pause, beside the parallel collector",
                                        "ms",
                                        serial.longest(),
                                        parallel.longest())
                                .below(5),
                        Figure.of("longest pause, beside G1", "ms", serial.longest(), g1.longest()),
                        Figure.of(
                                "pauses in all, beside the parallel collector",
                                "ms/s",
                                serial.share(),
                                parallel.share()),
                        Figure.of("pauses in all, beside G1", "ms/s", serial.share(), g1.share()),
                        Figure.of(
                                "CPU of the server, beside the parallel collector", "%", serial.cpu(), parallel.cpu()),
                        Figure.of("CPU of the server, beside G1", "%", serial.cpu(), g1.cpu()),
                        Figure.of("`VmRSS`, beside the parallel collector", "MB", serial.rss(), parallel.rss()),
                        Figure.of("`VmRSS`, beside G1", "MB", serial.rss(), g1.rss()),
                        Figure.of("allocated for a packet sent, beside G1", "B", serial.allocated(), g1.allocated())));
    }

    /** One collector's run. */
    private final class Pauses {
        private final List<Double> millis = new ArrayList<>();
        private final double seconds;
        private final double cpuSeconds;
        private final double megabytes;
        private double collected;
        private final double packets;

        Pauses(String collector, int seconds) throws Exception {
            this.seconds = seconds;
            Path place = folder.resolve(collector.substring("-XX:+".length()));
            Path log = place.toAbsolutePath().resolve("gc.log");
            List<String> flags = new ArrayList<>(JavaChild.FLAGS);
            flags.replaceAll(flag -> flag.equals(SERIAL) ? collector : flag);
            flags.add("-Xlog:gc:file=" + log + ":uptime,level,tags");
            try (PacedCamera camera = new PacedCamera(MEGABITS);
                    OrielProcess oriel =
                            OrielProcess.start(place, flags, List.of("{streams: {bench: \"" + camera.url() + "\"}}"));
                    LineChild viewers = Swarm.start(place.resolve("viewers"), oriel, STREAM, Swarm.GCM)) {
                viewers.ask("join " + VIEWERS);
                viewers.ask("sit " + SETTLE_SECONDS);
                double before = oriel.cpuSeconds();
                long lines = count(log);
                String[] seen = viewers.ask("sit " + seconds).split(" ", 3);
                cpuSeconds = oriel.cpuSeconds() - before;
                megabytes = oriel.megabytes("Rss");
                packets = Double.parseDouble(seen[0]) + Math.max(0, Double.parseDouble(seen[1]));
                read(log, lines);
            }
        }

        private static long count(Path log) throws IOException {
            return Files.readAllLines(log).size();
        }

        private void read(Path log, long skip) throws IOException {
            long after = -1;
            for (String line : Files.readAllLines(log).stream().skip(skip).toList()) {
                Matcher pause = PAUSE.matcher(line);
                if (pause.matches()) {
                    millis.add(Double.valueOf(pause.group(4)));
                    if (after >= 0) {
                        collected += Long.parseLong(pause.group(2)) - after;
                    }
                    after = Long.parseLong(pause.group(3));
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

        Samples allocated() {
            return Samples.of(collected * MEGABYTE / packets);
        }
    }
}
