package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * From the write of a picture by the camera to its last packet in the viewers' sockets, by the kernel's time, through
 * Oriel and through a {@link BareCopy}, the pictures of both in turn: so both see the same machine.
 */
final class TransitPart implements BenchPart {
    private static final Crowd ONE = new Crowd(1, 1);
    private static final Crowd HOME = new Crowd(1, 10);
    private static final Crowd FULL = new Crowd(16, 64);
    private static final long PICTURE_NANOS = 40_000_000;
    private static final long HASTY_NANOS = 5_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final long TICKS_A_SECOND = 90_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Path folder;
    private final List<Double> rss = new ArrayList<>();
    private final List<Double> copyRss = new ArrayList<>();

    TransitPart(Path folder) {
        this.folder = folder;
    }

    @Override
    public String id() {
        return "transit";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>(figures(effort, ONE, 0.6));
        figures.addAll(figures(effort, HOME, 0.6));
        figures.addAll(figures(effort, FULL, 0.5));
        figures.add(Figure.of(HOME.words() + ", `VmRSS`", "MB", Samples.of(rss), Samples.of(copyRss)));
        return Section.of(id(), figures);
    }

    private List<Figure> figures(Effort effort, Crowd crowd, double promised) throws Exception {
        List<Double> halves = new ArrayList<>();
        List<Double> copyHalves = new ArrayList<>();
        List<Double> nearlyAll = new ArrayList<>();
        List<Double> copyNearlyAll = new ArrayList<>();
        for (int i = 0; i < effort.transits(); i++) {
            Arrivals ours = new Arrivals();
            Arrivals copied = new Arrivals();
            run(effort, crowd, i, ours, copied);
            halves.add(ours.millis().median());
            copyHalves.add(copied.millis().median());
            nearlyAll.add(ours.millis().quantile(0.99));
            copyNearlyAll.add(copied.millis().quantile(0.99));
        }
        String who = crowd.words();
        return List.of(
                Figure.of(who + ", p50", "ms", Samples.of(halves), Samples.of(copyHalves))
                        .below(promised),
                Figure.of(who + ", p99", "ms", Samples.of(nearlyAll), Samples.of(copyNearlyAll))
                        .below(2.5));
    }

    private void run(Effort effort, Crowd crowd, int number, Arrivals ours, Arrivals copied) throws Exception {
        Path place = folder.resolve("transit-" + crowd.viewers() + "-" + number);
        try (OrielRig oriel = new OrielRig(place.resolve("oriel"), crowd, ours);
                CopyRig copy = new CopyRig(place.resolve("copy"), crowd, copied)) {
            Stream stream = new Stream(oriel, copy, ours, copied, crowd.cameras());
            // As much at once as the machine takes: many at this pace would be told that their way is too slow.
            stream.send(crowd.cameras() == 1 ? HASTY_NANOS : PICTURE_NANOS, WARM_UP, false);
            stream.send(PICTURE_NANOS, effort.transit(), true);
            if (!ours.whole(crowd) || !copied.whole(crowd)) {
                throw new IOException("pictures were lost: " + ours.counted() + " through Oriel, " + copied.counted()
                        + " through the copy, with " + crowd.words() + "; " + oriel.drops());
            }
            if (crowd.equals(HOME)) {
                rss.add(oriel.megabytes("Rss"));
                copyRss.add(copy.megabytes("Rss"));
            }
        }
    }

    /** The same pictures for both. */
    private static final class Stream {
        private final OrielRig oriel;
        private final CopyRig copy;
        private final Arrivals ours;
        private final Arrivals copied;
        private final List<CameraBytes> cameras;
        private int next;
        private long ticks;

        Stream(OrielRig oriel, CopyRig copy, Arrivals ours, Arrivals copied, int cameras) {
            this.cameras =
                    IntStream.range(0, cameras).mapToObj(i -> new CameraBytes()).toList();

            this.oriel = oriel;
            this.copy = copy;
            this.ours = ours;
            this.copied = copied;
        }

        /**
         * Sends pictures for {@code time}, one of each camera each {@code apart} nanoseconds, the cameras in turn, the copy's in
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
                    copied.sent(camera, ticks, counts);
                    copy.write(camera, picture);
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
