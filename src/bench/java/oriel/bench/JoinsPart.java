package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Viewers that come and go, four at a time: from offer to first packet, and what they leave behind; beside go2rtc with a tenth
 * of them.
 */
final class JoinsPart implements BenchPart {
    private static final String STREAM = "bench";
    private static final int AT_A_TIME = 50;
    private static final int WARM_UPS = 2;
    private static final int OTHERS_SHARE = 10;

    /** Those who left are forgotten by then: what is counted next is what they left behind. */
    private static final long REST_MILLIS = 3000;

    private static final int MEGABITS = 2;
    private static final double KILOBYTES = 1024;

    private final Path folder;

    JoinsPart(Path folder) {
        this.folder = folder.resolve("joins");
    }

    @Override
    public String id() {
        return "joins";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        Optional<Path> go2rtc = Go2rtcProcess.program();
        if (go2rtc.isEmpty()) {
            return Section.missing(id(), Go2rtcProcess.MISSING);
        }
        try (PacedCamera camera = new PacedCamera(MEGABITS);
                OrielProcess oriel =
                        OrielProcess.start(folder.resolve("oriel"), "{streams: {bench: \"" + camera.url() + "\"}}");
                Go2rtcProcess other =
                        Go2rtcProcess.start(go2rtc.get(), folder.resolve("go2rtc"), STREAM, camera.url());
                LineChild ours = Swarm.start(folder.resolve("our-viewers"), oriel, STREAM, Swarm.GCM);
                LineChild theirs = Swarm.start(folder.resolve("their-viewers"), other, STREAM, Swarm.COUNTER_MODE)) {
            return Section.of(id(), figures(effort, oriel, ours, other, theirs));
        }
    }

    private static List<Figure> figures(
            Effort effort, MeasuredServer oriel, LineChild ours, MeasuredServer other, LineChild theirs)
            throws IOException, InterruptedException {
        Left left = new Left(oriel, ours, effort.joins());
        Left theirLeft = new Left(other, theirs, effort.joins() / OTHERS_SHARE);
        String all = effort.joins() + " viewers come and go: ";
        return List.of(
                Figure.of(all + "offer to first packet, p50", "ms", left.quantile(0.5), theirLeft.quantile(0.5)),
                Figure.of(all + "p99", "ms", left.quantile(0.99), theirLeft.quantile(0.99))
                        .below(1000),
                Figure.of("descriptors more than before", "", left.descriptors, theirLeft.descriptors),
                Figure.of("threads more than before", "", left.threads, theirLeft.threads),
                Figure.of("`VmRSS` more than before, a viewer", "kB", left.kilobytes, theirLeft.kilobytes));
    }

    /** What a crowd took, and left. */
    private static final class Left {
        private final List<Double> millis = new ArrayList<>();
        private final Samples descriptors;
        private final Samples threads;
        private final Samples kilobytes;

        Left(MeasuredServer server, LineChild viewers, int count) throws IOException, InterruptedException {
            for (int i = 0; i < WARM_UPS; i++) {
                comeAndGo(viewers);
            }
            Thread.sleep(REST_MILLIS);
            millis.clear();
            long openBefore = server.descriptors();
            long threadsBefore = server.threads();
            double megabytesBefore = server.megabytes("Rss");
            for (int i = 0; i < count; i += AT_A_TIME) {
                comeAndGo(viewers);
            }
            Thread.sleep(REST_MILLIS);
            descriptors = Samples.of(server.descriptors() - openBefore);
            threads = Samples.of(server.threads() - threadsBefore);
            kilobytes = Samples.of((server.megabytes("Rss") - megabytesBefore) * KILOBYTES / count);
        }

        private void comeAndGo(LineChild viewers) throws IOException {
            Arrays.stream(viewers.ask("join " + AT_A_TIME).split(" ", AT_A_TIME))
                    .map(Double::valueOf)
                    .forEach(millis::add);
            viewers.ask("leave");
        }

        Samples quantile(double share) {
            return Samples.of(Samples.of(millis).quantile(share));
        }
    }
}
