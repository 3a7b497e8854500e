package oriel.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What this process holds at one moment. A storm must leave it as it was:
 *
 * <pre>{@code
 * smallStorm(); // loads classes, fills caches
 * Footprint before = Footprint.settled();
 * storm();
 * before.awaitAgain();
 * }</pre>
 *
 * @param descriptors open files and sockets
 * @param platformThreads all, daemons too
 * @param virtualThreads all that run or wait
 * @param heap bytes in use after a collection
 * @param direct bytes of native memory for buffers, Netty's and the JDK's
 */
public record Footprint(long descriptors, long platformThreads, long virtualThreads, long heap, long direct) {
    /** Caches breathe: allocators keep chunks, the JDK keeps connections and threads for a while. */
    private static final long HEAP_SLACK = 12L << 20;

    private static final long DIRECT_SLACK = 8L << 20;
    private static final int THREAD_SLACK = 4;
    private static final int DESCRIPTOR_SLACK = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** What it holds now. */
    public static Footprint now() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
        long platform = ManagementFactory.getThreadMXBean().getThreadCount();
        return new Footprint(
                descriptors,
                platform,
                dumpOfVirtual().size(),
                heap,
                pools + Math.max(0, PlatformDependent.usedDirectMemory()));
    }

    /** What it holds once two looks in a row show the same descriptors and threads. */
    public static Footprint settled() {
        Footprint[] last = {now()};
        return Awaitility.await("a process that has come to rest")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(Footprint::now, next -> {
                    boolean same = next.descriptors == last[0].descriptors
                            && next.platformThreads == last[0].platformThreads
                            && next.virtualThreads == last[0].virtualThreads;
                    last[0] = next;
                    return same;
                });
    }

    /** Waits until the process holds no more than this again; says what it still holds if it never does. */
    public Footprint awaitAgain() {
        Footprint[] last = {now()};
        try {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(BETWEEN_LOOKS)
                    .until(Footprint::now, next -> {
                        last[0] = next;
                        return next.fitsInto(this);
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "before " + this + ", still " + last[0] + "\n" + String.join("\n", dumpOfVirtual()), e);
        }
    }

    private boolean fitsInto(Footprint before) {
        return descriptors <= before.descriptors + DESCRIPTOR_SLACK
                && platformThreads <= before.platformThreads + THREAD_SLACK
                && virtualThreads <= before.virtualThreads + THREAD_SLACK
                && heap <= before.heap + HEAP_SLACK
                && direct <= before.direct + DIRECT_SLACK;
    }

    // Only a thread dump knows them.
    private static List<String> dumpOfVirtual() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
                try (Stream<String> lines = Files.lines(dump)) {
                    return lines.filter(line -> line.startsWith("#") && line.contains(" virtual"))
                            .toList();
                }
            } finally {
                Files.deleteIfExists(dump);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
