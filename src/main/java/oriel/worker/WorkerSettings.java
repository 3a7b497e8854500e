package oriel.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the gateway runs its media worker.
 *
 * @param natives where native libraries are unpacked once; made if it is not there (the folder above must be), and
 *     refused if it is not ours alone; default {@code oriel-<user>-natives} in {@code temp}
 * @param unpacked whether they lie there already, side by side, in a folder that is only read
 * @param temp where temporary files go
 * @param startLimit how long the process may take until it connects; default 30 s, for small boards
 * @param options further options of its JVM; default none
 */
public record WorkerSettings(Path natives, boolean unpacked, Path temp, Duration startLimit, List<String> options) {
    /** A property of our JVM that names the folder of unpacked libraries, as the image has one. */
    private static final String UNPACKED = "oriel.natives";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    public WorkerSettings {
        options = List.copyOf(options);
    }

    /** With libraries that are unpacked when they are first wanted. */
    public WorkerSettings(Path natives, Path temp, Duration startLimit, List<String> options) {
        this(natives, false, temp, startLimit, options);
    }

    /** What fits nearly everywhere. */
    public static WorkerSettings standard() {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        String unpacked = System.getProperty(UNPACKED, "");
        if (!unpacked.isEmpty()) {
            return new WorkerSettings(Path.of(unpacked), true, temp, START_LIMIT, List.of());
        }
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
        return new WorkerSettings(temp.resolve("oriel-" + user + "-natives"), temp, START_LIMIT, List.of());
    }

    /** The same with another place for native libraries, such as one that survives a restart. */
    public WorkerSettings withNatives(Path folder) {
        return new WorkerSettings(folder, false, temp, startLimit, options);
    }
}
