package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * From the write of a picture by the camera to its last packet at the viewers' sockets, through Oriel and through a {@link
 * BareCopy}, the pictures of both in turn: so both see the same machine.
 */
final class TransitPart implements BenchPart {
    private static final int FEW = 1;
    private static final int MANY = 10;
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
        List<Figure> figures = new ArrayList<>(figures(effort, FEW));
        figures.addAll(figures(effort, MANY));
        figures.add(Figure.of(MANY + " viewers, `VmRSS`", "MB", Samples.of(rss), Samples.of(copyRss)));
        return Section.of(id(), figures);
    }

    private List<Figure> figures(Effort effort, int viewers) throws Exception {
        List<Double> halves = new ArrayList<>();
        List<Double> copyHalves = new ArrayList<>();
        List<Double> nearlyAll = new ArrayList<>();
        List<Double> copyNearlyAll = new ArrayList<>();
        for (int i = 0; i < effort.transits(); i++) {
            Arrivals ours = new Arrivals();
            Arrivals copied = new Arrivals();
            run(effort, viewers, i, ours, copied);
            halves.add(ours.millis().median());
            copyHalves.add(copied.millis().median());
            nearlyAll.add(ours.millis().quantile(0.99));
            copyNearlyAll.add(copied.millis().quantile(0.99));
        }
        String who = viewers == 1 ? "1 viewer" : viewers + " viewers";
        return List.of(
                Figure.of(who + ", p50", "ms", Samples.of(halves), Samples.of(copyHalves))
                        .below(1),
                Figure.of(who + ", p99", "ms", Samples.of(nearlyAll), Samples.of(copyNearlyAll))
                        .below(5));
    }

    private void run(Effort effort, int viewers, int number, Arrivals ours, Arrivals copied) throws Exception {
        Path place = folder.resolve("transit-" + viewers + "-" + number);
        try (OrielRig oriel = new OrielRig(place.resolve("oriel"), viewers, ours);
                CopyRig copy = new CopyRig(place.resolve("copy"), viewers, copied)) {
            Stream stream = new Stream(oriel, copy, ours, copied);
            stream.send(HASTY_NANOS, WARM_UP, false);
            stream.send(PICTURE_NANOS, effort.transit(), true);
            if (!ours.whole(viewers) || !copied.whole(viewers)) {
                throw new IOException("pictures were lost: " + ours.counted() + " through Oriel, " + copied.counted()
                        + " through the copy, with " + viewers + " viewers; " + oriel.status());
            }
            if (viewers == MANY) {
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
        private final CameraBytes camera = new CameraBytes();
        private int next;
        private long ticks;

        Stream(OrielRig oriel, CopyRig copy, Arrivals ours, Arrivals copied) {
            this.oriel = oriel;
            this.copy = copy;
            this.ours = ours;
            this.copied = copied;
        }

        /** Sends pictures for {@code time}, one each {@code apart} nanoseconds, the copy's in the middle between ours. */
        void send(long apart, Duration time, boolean counts) throws IOException {
            long begin = System.nanoTime();
            long count = time.toNanos() / apart;
            for (long i = 0; i < count; i++) {
                byte[] picture = CameraBytes.interleaved(camera.picture(next++, ticks));
                await(begin + i * apart);
                ours.sent(ticks, counts);
                oriel.write(picture);
                await(begin + i * apart + apart / 2);
                copied.sent(ticks, counts);
                copy.write(picture);
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
