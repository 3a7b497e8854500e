package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.config.FileStamp;
import oriel.testing.VirtualClock;

@Timeout(30)
class ConfigWatcherTest {
    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final AtomicInteger told = new AtomicInteger();
    private final Map<Path, FileStamp> known = new HashMap<>(); // guarded by itself
    private Path file;
    private ConfigWatcher watcher;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("go2rtc.yaml");
        Files.writeString(file, "one");
        read();
        watcher = ConfigWatcher.start(
                () -> {
                    synchronized (known) {
                        return Map.copyOf(known);
                    }
                },
                () -> {
                    told.incrementAndGet();
                    read();
                },
                clock);
    }

    @AfterEach
    void end() {
        watcher.close();
    }

    private void read() {
        synchronized (known) {
            known.put(file, FileStamp.of(file));
        }
    }

    private void second() throws InterruptedException {
        clock.awaitWaiting(1);
        clock.advance(ConfigWatcher.BETWEEN_LOOKS);
        Awaitility.await("it waits for the next second")
                .until(clock::waits, waits -> waits.equals(List.of(ConfigWatcher.BETWEEN_LOOKS)));
    }

    @Test
    void nothingChanged_isNotTold() throws Exception {
        second();
        second();
        assertThat(told).hasValue(0);
    }

    @Test
    void change_isToldOnce_whenTheFileStoodStillForASecond() throws Exception {
        Files.writeString(file, "another");
        second();
        assertThat(told).hasValue(0);
        second();
        assertThat(told).hasValue(1);
        second();
        second();
        assertThat(told).hasValue(1);
    }

    @Test
    void fileThatIsStillBeingWritten_isNotTold() throws Exception {
        for (String part : List.of("", "st", "stream", "streams: ")) {
            Files.writeString(file, part);
            second();
        }
        assertThat(told).hasValue(0);
        second();
        assertThat(told).hasValue(1);
    }

    @Test
    void editorsRenameOver_isTold() throws Exception {
        Files.writeString(folder.resolve("new"), "two");
        Files.setLastModifiedTime(folder.resolve("new"), Files.getLastModifiedTime(file));
        Files.move(folder.resolve("new"), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        second();
        second();
        assertThat(told).hasValue(1);
    }

    @Test
    void fileThatGoesAndComesBack_isToldTwice() throws Exception {
        Files.delete(file);
        second();
        second();
        assertThat(told).hasValue(1);
        Files.writeString(file, "one");
        second();
        second();
        assertThat(told).hasValue(2);
    }
}
