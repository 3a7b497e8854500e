package oriel.homeassistant.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import oriel.base.Clock;

/**
 * What this process takes of its machine: by {@code ProcessHandle} and {@code /proc}, which cost nothing at the start, as
 * the JVM's management beans do. For one thread.
 */
final class ProcessFigures {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Clock clock;
    private Optional<Duration> usedBefore = Optional.empty();
    private long lookedNanos;

    ProcessFigures(Clock clock) {
        this.clock = clock;
    }

    /** Percent of all cores since the last call; empty at the first, and where the system does not tell. */
    OptionalDouble cpu() {
        long now = clock.nanoTime();
        Optional<Duration> used = ProcessHandle.current().info().totalCpuDuration();
        long passed = (now - lookedNanos) * Runtime.getRuntime().availableProcessors();
        OptionalDouble percent = used.isPresent() && usedBefore.isPresent() && passed > 0
                ? OptionalDouble.of(
                        Math.clamp(100.0 * used.get().minus(usedBefore.get()).toNanos() / passed, 0, 100))
                : OptionalDouble.empty();
        usedBefore = used;
        lookedNanos = now;
        return percent;
    }

    /** Bytes of memory that are really in use (RSS); empty where the system does not tell. */
    OptionalLong memory() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty(); // No Linux.
        }
    }
}
