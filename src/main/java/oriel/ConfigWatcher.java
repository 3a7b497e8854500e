package oriel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.config.FileStamp;

/**
 * Looks once a second whether a file of the configuration is another one now, on a virtual thread, and says so when it has
 * been the same for a second: nobody is told of a file that is still being written. It asks for stamps instead of being
 * told by the system, for mounted folders, which Home Assistant's are, tell nothing.
 */
final class ConfigWatcher implements AutoCloseable {
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("config");

    private final Supplier<Map<Path, FileStamp>> known;
    private final Runnable changed;
    private final Clock clock;
    private final Thread thread;

    private ConfigWatcher(Supplier<Map<Path, FileStamp>> known, Runnable changed, Clock clock) {
        this.known = known;
        this.changed = changed;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("config-watch").unstarted(this::run);
    }

    /**
     * Starts to look.
     *
     * @param known the files as they were when they were last read, with those that are not there
     * @param changed reads them again; whatever comes of it, {@code known} tells of that reading afterwards
     */
    static ConfigWatcher start(Supplier<Map<Path, FileStamp>> known, Runnable changed, Clock clock) {
        ConfigWatcher watcher = new ConfigWatcher(known, changed, clock);
        watcher.thread.start();
        return watcher;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        Map<Path, FileStamp> before = known.get();
        try {
            while (true) {
                clock.sleep(BETWEEN_LOOKS);
                Map<Path, FileStamp> read = known.get();
                Map<Path, FileStamp> now = look(read);
                if (!now.equals(read) && now.equals(before)) {
                    tell();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private static Map<Path, FileStamp> look(Map<Path, FileStamp> files) {
        Map<Path, FileStamp> now = new HashMap<>();
        files.keySet().forEach(file -> now.put(file, FileStamp.of(file)));
        return now;
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.error("the configuration could not be read again", e); // The next change is another chance.
        }
    }
}
