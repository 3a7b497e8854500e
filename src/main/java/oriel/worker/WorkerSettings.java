package oriel.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the gateway runs its media worker.
 *
 * @param natives where native libraries are unpacked once; made if it is not there (the folder above must be), and
 *     refused if it is not ours alone; default {@code oriel-<user>-natives} in {@code temp}
 * @param temp where temporary files go
 * @param startLimit how long the process may take until it connects; default 30 s, for small boards
 * @param options further options of its JVM; default none
 */
public record WorkerSettings(Path natives, Path temp, Duration startLimit, List<String> options) {
    public WorkerSettings {
        options = List.copyOf(options);
    }

    /** What fits nearly everywhere. */
    public static WorkerSettings standard() {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
        return new WorkerSettings(temp.resolve("oriel-" + user + "-natives"), temp, Duration.ofSeconds(30), List.of());
    }

    /** The same with another place for native libraries, such as one that survives a restart. */
    public WorkerSettings withNatives(Path folder) {
        return new WorkerSettings(folder, temp, startLimit, options);
    }
}
