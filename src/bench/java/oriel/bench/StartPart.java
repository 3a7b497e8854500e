package oriel.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a start takes, and what an idle gateway holds: beside a Java process that says hello. */
final class StartPart implements BenchPart {
    /** The warm-up has ended by then, and the process rests. */
    private static final long REST_MILLIS = 5000;

    /** Memory is looked at in so many of the processes: it differs little. */
    private static final int MOST_RESTS = 5;

    private static final int LARGE_HEAPS = 3;

    private final Path folder;
    private final List<Double> ourMillis = new ArrayList<>();
    private final List<Double> helloMillis = new ArrayList<>();
    private final List<Double> ourRss = new ArrayList<>();
    private final List<Double> helloRss = new ArrayList<>();
    private final List<Double> largeRss = new ArrayList<>();
    private final List<Double> ourPss = new ArrayList<>();
    private final List<Double> helloPss = new ArrayList<>();

    StartPart(Path folder) {
        this.folder = folder;
    }

    @Override
    public String id() {
        return "start";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        for (int i = 0; i < effort.starts(); i++) {
            boolean rest = i < MOST_RESTS;
            hello(i, rest);
            oriel(i, rest);
        }
        for (int i = 0; i < Math.min(LARGE_HEAPS, effort.starts()); i++) {
            largeHeap(i);
        }
        return Section.of(
                id(),
                List.of(
                        Figure.of(
                                "process start to `/livez` 200", "ms", Samples.of(ourMillis), Samples.of(helloMillis)),
                        Figure.of("idle, `VmRSS`", "MB", Samples.of(ourRss), Samples.of(helloRss))
                                .below(160),
                        Figure.of(
                                "idle, `VmRSS`, without `" + JavaChild.SMALL_BEGINNING + "`",
                                "MB",
                                Samples.of(largeRss),
                                Samples.of(helloRss)),
                        Figure.of("idle, `Pss`", "MB", Samples.of(ourPss), Samples.of(helloPss))));
    }

    private void hello(int number, boolean rest) throws Exception {
        try (JavaChild hello = JavaChild.start(folder.resolve("hello-" + number), HelloWorld.class)) {
            hello.line();
            helloMillis.add((System.nanoTime() - hello.begunNanos()) / 1e6);
            if (rest) {
                helloRss.add(hello.megabytes("Rss"));
                helloPss.add(hello.megabytes("Pss"));
            }
        }
    }

    private void largeHeap(int number) throws Exception {
        try (OrielProcess oriel = OrielProcess.startWithLargeHeap(folder.resolve("large-" + number))) {
            Thread.sleep(REST_MILLIS);
            largeRss.add(oriel.megabytes("Rss"));
        }
    }

    private void oriel(int number, boolean rest) throws Exception {
        try (OrielProcess oriel = OrielProcess.start(folder.resolve("start-" + number))) {
            ourMillis.add(oriel.millisToAlive());
            if (rest) {
                Thread.sleep(REST_MILLIS);
                ourRss.add(oriel.megabytes("Rss"));
                ourPss.add(oriel.megabytes("Pss"));
            }
        }
    }
}
