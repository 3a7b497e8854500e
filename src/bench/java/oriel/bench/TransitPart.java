package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * From the write of a picture by the camera to its last packet in the viewers' sockets, by the kernel's time, through
 * Oriel and through something beside it, the pictures of both in turn: so both see the same machine.
 */
final class TransitPart implements BenchPart {
    private static final Crowd ONE = new Crowd(1, 1);
    private static final Crowd HOME = new Crowd(1, 10);
    private static final Crowd FULL = new Crowd(16, 64);
    private static final double NEARLY_ALL_MILLIS = 2.5;
    private static final long PICTURE_NANOS = 40_000_000;
    private static final long HASTY_NANOS = 5_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final long TICKS_A_SECOND = 90_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Path folder;
    private final List<Double> rss = new ArrayList<>();
    private final List<Double> copyRss = new ArrayList<>();

    TransitPart(Path folder) {
        this.folder = folder.resolve("transit");
    }

    @Override
    public String id() {
        return "transit";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(promised(measured(effort, ONE, "copy", CopyRig::new), ONE, 0.6));
        figures.addAll(promised(measured(effort, HOME, "copy", CopyRig::new), HOME, 0.6));
        figures.addAll(promised(measured(effort, FULL, "copy", CopyRig::new), FULL, 0.5));
        Optional<Path> go2rtc = Go2rtcProcess.program();
        if (go2rtc.isPresent()) {
            Opener opener = (place, crowd, arrivals) -> ServerRig.go2rtc(go2rtc.get(), place, crowd, arrivals);
            figures.addAll(measured(effort, HOME, "go2rtc", opener).figures(HOME.words() + ", beside go2rtc"));
        }
        figures.add(Figure.of(HOME.words() + ", `VmRSS`", "MB", Samples.of(rss), Samples.of(copyRss)));
        return Section.of(id(), figures);
    }

    private static List<Figure> promised(Pair pair, Crowd crowd, double halfMillis) {
        List<Figure> figures = pair.figures(crowd.words());
        return List.of(figures.get(0).below(halfMillis), figures.get(1).below(NEARLY_ALL_MILLIS));
    }

    private interface Opener {
        TransitRig open(Path place, Crowd crowd, Arrivals arrivals) throws IOException, InterruptedException;
    }

    /** How long pictures took through Oriel and through something beside it, in each run. */
    private record Pair(List<Samples> ours, List<Samples> theirs) {
        Pair() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /** Of p50 and p99. */
        List<Figure> figures(String who) {
            return List.of(figure(who + ", p50", 0.5), figure(who + ", p99", 0.99));
        }

        private Figure figure(String what, double quantile) {
            return Figure.of(what, "ms", quantiles(ours, quantile), quantiles(theirs, quantile));
        }

        private static Samples quantiles(List<Samples> runs, double quantile) {
            return Samples.of(runs.stream().map(run -> run.quantile(quantile)).toList());
        }
    }

    private Pair measured(Effort effort, Crowd crowd, String beside, Opener opener) throws Exception {
        Pair pair = new Pair();
        for (int i = 0; i < effort.transits(); i++) {
            Arrivals ours = new Arrivals();
            Arrivals theirs = new Arrivals();
            Path place = folder.resolve(beside + "-" + crowd.viewers() + "-" + i);
            try (TransitRig oriel = ServerRig.oriel(place.resolve("oriel"), crowd, ours);
                    TransitRig other = opener.open(place.resolve(beside), crowd, theirs)) {
                Stream stream = new Stream(oriel, other, ours, theirs, crowd.cameras());
                // As much at once as the machine takes: many at this pace would be told that their way is too slow.
                stream.send(crowd.cameras() == 1 ? HASTY_NANOS : PICTURE_NANOS, WARM_UP, false);
                stream.send(PICTURE_NANOS, effort.transit(), true);
                if (!ours.whole(crowd) || !theirs.whole(crowd)) {
                    throw new IOException("pictures were lost: " + ours.counted() + " through Oriel, "
                            + theirs.counted() + " through " + beside + ", with " + crowd.words() + "; "
                            + oriel.drops());
                }
                if (crowd.equals(HOME) && other instanceof CopyRig) {
                    rss.add(oriel.megabytes("Rss"));
                    copyRss.add(other.megabytes("Rss"));
                }
            }
            pair.ours.add(ours.millis());
            pair.theirs.add(theirs.millis());
        }
        return pair;
    }

    /** The same pictures for both. */
    private static final class Stream {
        private final TransitRig oriel;
        private final TransitRig other;
        private final Arrivals ours;
        private final Arrivals theirs;
        private final List<CameraBytes> cameras;
        private int next;
        private long ticks;

        Stream(TransitRig oriel, TransitRig other, Arrivals ours, Arrivals theirs, int cameras) {
            this.cameras =
                    IntStream.range(0, cameras).mapToObj(i -> new CameraBytes()).toList();

            this.oriel = oriel;
            this.other = other;
            this.ours = ours;
            this.theirs = theirs;
        }

        /**
         * Sends pictures for {@code time}, one of each camera each {@code apart} nanoseconds, the cameras in turn, the other's in
         * the middle between ours.
         */
        void send(long apart, Duration time, boolean counts) throws IOException {
            long begin = System.nanoTime();
            long count = time.toNanos() / apart;
            for (long i = 0; i < count; i++) {
                for (int camera = 0; camera < cameras.size(); camera++) {
                    byte[] picture = CameraBytes.interleaved(cameras.get(camera).picture(next, ticks));
                    long turn = apart / cameras.size();
                    long at = begin + i * apart + camera * turn;
                    await(at);
                    ours.sent(camera, ticks, counts);
                    oriel.write(camera, picture);
                    await(at + turn / 2);
                    theirs.sent(camera, ticks, counts);
                    other.write(camera, picture);
                }
                next++;
                ticks += apart * TICKS_A_SECOND / NANOS;
            }
            await(begin + count * apart);
        }

        private static void await(long nanos) {
            for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
