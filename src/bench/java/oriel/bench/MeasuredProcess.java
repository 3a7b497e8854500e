package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of which the system says what it costs. */
interface MeasuredProcess {
    ProcessHandle process();

    /** Since its start, of all its threads, user and system, in steps of 10 ms. */
    default double cpuSeconds() {
        return process().info().totalCpuDuration().orElseThrow().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Megabytes (2^20) of {@code smaps_rollup}: {@code Rss} or {@code Pss}. */
    default double megabytes(String name) throws IOException {
        for (String line : Files.readAllLines(place("smaps_rollup"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("no " + name + " of " + process());
    }

    /** Open file descriptors. */
    default long descriptors() throws IOException {
        return entries("fd");
    }

    /** Threads of the system. */
    default long threads() throws IOException {
        return entries("task");
    }

    private long entries(String name) throws IOException {
        try (Stream<Path> entries = Files.list(place(name))) {
            return entries.count();
        }
    }

    private Path place(String name) {
        return Path.of("/proc", Long.toString(process().pid()), name);
    }
}
