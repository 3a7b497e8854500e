package oriel.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;

/**
 * Tells in the log what is thrown away: each reason of a room in one line with its number, once a second at most, however
 * many packets, viewers and cameras it is about. Nobody can flood the log by sending rubbish. Runs on a virtual thread of
 * its own until closed.
 */
public final class DropLog implements AutoCloseable {
    /** How often it looks. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Clock clock;
    private final Thread thread;
    private final List<Room> rooms = new CopyOnWriteArrayList<>();

    DropLog(Clock clock) {
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("drop-log").unstarted(this::run);
    }

    /** Tells until closed. */
    public static DropLog start(Clock clock) {
        DropLog log = new DropLog(clock);
        log.thread.start();
        return log;
    }

    /**
     * Tells of these from now on.
     *
     * @param module the log's, such as {@code webrtc}
     */
    public void watch(String module, Drops drops) {
        rooms.add(new Room(LoggerFactory.getLogger(module), drops));
    }

    /** Tells no more. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                clock.sleep(INTERVAL);
                rooms.forEach(Room::tell);
            }
        } catch (InterruptedException e) {
            rooms.forEach(Room::tell);
        }
    }

    private static final class Room {
        private final Logger log;
        private final Drops drops;
        private final Map<String, Long> told = new HashMap<>();

        Room(Logger log, Drops drops) {
            this.log = log;
            this.drops = drops;
            told.putAll(drops.snapshot());
        }

        void tell() {
            drops.snapshot().forEach((reason, count) -> {
                long before = told.getOrDefault(reason, 0L);
                if (count > before) {
                    tell(reason, count - before);
                    told.put(reason, count);
                }
            });
        }

        private void tell(String reason, long times) {
            DropWords.Words words = DropWords.of(reason);
            String latest = drops.latest(reason);
            String whose = latest.isEmpty() ? "" : latest + ": ";
            String text = String.format(Locale.ROOT, "%s%,d %s in the last second", whose, times, words.text());
            if (words.usual()) {
                log.debug("{}", text);
            } else {
                log.warn("{}", text);
            }
        }
    }
}
