package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.VirtualClock;

@Timeout(30)
class FilledTemplatesTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger news = new AtomicInteger();
    private volatile Optional<String> answer = Optional.empty();
    private final FilledTemplates templates = new FilledTemplates(
            template -> {
                asked.add(template);
                return answer;
            },
            clock,
            news::incrementAndGet);
    private final Thread thread = Thread.ofVirtual().unstarted(() -> {
        try {
            templates.run();
        } catch (InterruptedException e) {
            // The test's end.
        }
    });

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void passes(Duration time) throws InterruptedException {
        clock.advance(time.minusNanos(1));
        clock.awaitWaiting(1);
        int before = asked.size();
        clock.advance(Duration.ofNanos(1));
        while (asked.size() == before) {
            Thread.onSpinWait();
        }
        clock.awaitWaiting(1);
        assertThat(asked).hasSize(before + 1);
    }

    @Test
    void failing_isAskedAgain_lessAndLessOften_andFilledEachMinute() throws Exception {
        templates.want(Set.of("{{ a }}"));
        thread.start();
        while (asked.isEmpty()) {
            Thread.onSpinWait();
        }
        clock.awaitWaiting(1);
        assertThat(templates.text("{{ a }}")).isEmpty();
        for (int seconds : List.of(5, 10, 20, 40)) {
            passes(Duration.ofSeconds(seconds));
        }
        answer = Optional.of(" rtsp://h/a ");
        passes(Duration.ofSeconds(60));
        assertThat(templates.text("{{ a }}")).contains("rtsp://h/a");
        assertThat(news).hasValue(1);
        passes(Duration.ofSeconds(60));
        assertThat(news).hasValue(1);
        answer = Optional.empty();
        passes(Duration.ofSeconds(60));
        // What it said last stays.
        assertThat(templates.text("{{ a }}")).contains("rtsp://h/a");
        answer = Optional.of("rtsp://h/b");
        passes(Duration.ofSeconds(5));
        assertThat(templates.text("{{ a }}")).contains("rtsp://h/b");
        assertThat(news).hasValue(2);
        templates.want(Set.of());
        assertThat(templates.text("{{ a }}")).isEmpty();
    }
}
