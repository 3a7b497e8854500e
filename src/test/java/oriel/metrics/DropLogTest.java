package oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import oriel.testing.VirtualClock;

@Timeout(30)
class DropLogTest {
    private static final Pattern COUNTED =
            Pattern.compile("(?:drops|drops\\(\\)|http\\(\\))\\s*\\.count\\(\"([^\"]+)\"");

    private final VirtualClock clock = new VirtualClock();
    private final Logger logger = (Logger) LoggerFactory.getLogger("room");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Drops drops = new Drops();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(lines);
    }

    @AfterEach
    void deafen() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private void second() throws InterruptedException {
        clock.awaitWaiting(1);
        clock.advance(DropLog.INTERVAL);
        Awaitility.await("it waits for the next second")
                .until(clock::waits, waits -> waits.equals(List.of(DropLog.INTERVAL)));
    }

    @Test
    void aMillionDrops_areOneLineASecondAndReason() throws InterruptedException {
        try (DropLog log = DropLog.start(clock)) {
            log.watch("room", drops);
            clock.awaitWaiting(1);
            for (int i = 0; i < 1_000_000; i++) {
                drops.count("unknown-address");
            }
            drops.count("first-byte", 2);
            assertThat(told()).isEmpty();
            second();
            assertThat(told())
                    .containsExactly(
                            "WARN 2 datagrams of no known kind dropped in the last second",
                            "WARN 1,000,000 datagrams from unknown addresses dropped in the last second");

            second();
            assertThat(told()).hasSize(2);

            drops.count("unknown-address");
            second();
            assertThat(told())
                    .hasSize(3)
                    .last()
                    .isEqualTo("WARN 1 datagrams from unknown addresses dropped in the last second");
        }
    }

    @Test
    void dropsOfManyCameras_areOneLine_whichNamesTheLatest() throws InterruptedException {
        try (DropLog log = DropLog.start(clock)) {
            log.watch("room", drops);
            for (int camera = 0; camera < 2000; camera++) {
                String name = "camera " + camera;
                new Drops(drops, () -> name).count("FU-A without start", 3);
            }
            second();
            assertThat(told())
                    .containsExactly(
                            "WARN camera 1999: 6,000 packets malformed (FU-A without start) in the last second");
        }
    }

    @Test
    void whatHonestViewersCauseEveryDay_isForDebuggingOnly() throws InterruptedException {
        try (DropLog log = DropLog.start(clock)) {
            log.watch("room", drops);
            drops.count("nack-too-old");
            second();
            assertThat(told())
                    .containsExactly("DEBUG 1 packets asked for again that are no longer kept in the last second");
        }
    }

    @Test
    void aThousandReasons_areSixtyFiveLinesAtMost() throws InterruptedException {
        try (DropLog log = DropLog.start(clock)) {
            log.watch("room", drops);
            for (int i = 0; i < 1000; i++) {
                drops.count("made up by a stranger " + i);
            }
            second();
            assertThat(told()).hasSize(65);
        }
    }

    @Test
    void everyReasonInTheSource_hasWords() throws IOException {
        TreeSet<String> without = new TreeSet<>();
        int seen = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/oriel"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = COUNTED.matcher(Files.readString(source));
                while (matcher.find()) {
                    seen++;
                    if (!DropWords.knows(matcher.group(1))) {
                        without.add(matcher.group(1));
                    }
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(seen).isGreaterThan(15);
    }
}
