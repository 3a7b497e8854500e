package oriel.homeassistant.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.homeassistant.supervisor.HomeAssistantException.Reason;
import oriel.testing.VirtualClock;

@Timeout(30)
class EnquiryTest {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    private final VirtualClock clock = new VirtualClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final LogLines log = LogLines.of("hass");
    private volatile Optional<Reason> failure = Optional.empty();
    private volatile String truth = "one";
    private Enquiry<String> enquiry;
    private Thread thread = new Thread();

    @BeforeEach
    void start() throws InterruptedException {
        enquiry = new Enquiry<>("broker", this::ask, REFRESH, new Once(), clock);
    }

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        log.close();
    }

    private String ask() throws HomeAssistantException {
        asked.incrementAndGet();
        if (failure.isPresent()) {
            throw new HomeAssistantException(failure.get(), "it is " + failure.get());
        }
        if (truth.isEmpty()) {
            throw new IllegalStateException("not this question");
        }
        return truth;
    }

    private void run() throws InterruptedException {
        thread = Thread.ofVirtual().start(enquiry::run);
        clock.awaitWaiting(1);
    }

    private void advance(Duration time) throws InterruptedException {
        int before = asked.get();
        clock.advance(time);
        while (asked.get() == before) {
            Thread.onSpinWait();
        }
        clock.awaitWaiting(1);
    }

    @Test
    void told_isAskedAgainAfterAWhile_andListenersHearChangesAlone() throws Exception {
        List<Optional<String>> heard = new CopyOnWriteArrayList<>();
        enquiry.onChange(heard::add);
        run();
        assertThat(clock.waits()).containsExactly(REFRESH);
        advance(REFRESH);
        truth = "two";
        advance(REFRESH);

        assertThat(enquiry.known()).contains("two");
        assertThat(heard).containsExactly(Optional.empty(), Optional.of("one"), Optional.of("two"));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void notTold_isAskedAgainAfter5To60Seconds_andSaidOnce() throws Exception {
        failure = Optional.of(Reason.AWAY);
        run();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(clock.waits().getFirst().toSeconds());
            advance(clock.waits().getFirst());
        }
        assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
        assertThat(log.lines()).containsExactly("WARN broker: it is AWAY. Oriel goes on without it and asks again");

        failure = Optional.empty();
        advance(Enquiry.LAST_RETRY);
        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO broker: well again");

        failure = Optional.of(Reason.BROKEN);
        advance(REFRESH);
        assertThat(clock.waits()).containsExactly(Enquiry.FIRST_RETRY);
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void away_keepsWhatWasTold_absentForgetsIt() throws Exception {
        run();
        failure = Optional.of(Reason.AWAY);
        advance(REFRESH);
        assertThat(enquiry.known()).contains("one");
        failure = Optional.of(Reason.ABSENT);
        advance(Enquiry.FIRST_RETRY);
        assertThat(enquiry.known()).isEmpty();
        assertThat(log.lines()).last().isEqualTo("INFO broker: it is ABSENT. Oriel asks again");
    }

    @Test
    void faultOfOurs_isTold_andEndsNeitherTheAskingNorTheOtherListeners() throws Exception {
        List<Optional<String>> heard = new CopyOnWriteArrayList<>();
        enquiry.onChange(now -> {
            if (now.isPresent()) {
                throw new IllegalStateException("not this one");
            }
        });
        enquiry.onChange(heard::add);
        run();
        truth = "";
        advance(REFRESH);
        assertThat(clock.waits()).containsExactly(Enquiry.FIRST_RETRY);
        truth = "two";
        advance(Enquiry.FIRST_RETRY);

        assertThat(heard).containsExactly(Optional.empty(), Optional.of("one"), Optional.of("two"));
        assertThat(log.lines())
                .hasSize(3)
                .allMatch(line -> line.equals("ERROR broker: Oriel has a fault, and asks again"));
    }

    @Test
    void askNow_doesNotWait() throws Exception {
        run();
        enquiry.askNow();
        while (asked.get() < 2) {
            Thread.onSpinWait();
        }
        assertThat(asked).hasValue(2);
    }
}
