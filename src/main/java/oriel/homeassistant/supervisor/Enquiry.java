package oriel.homeassistant.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.homeassistant.supervisor.HomeAssistantException.Reason;

/**
 * One thing about Home Assistant that is asked for again and again: every so often while it is told, and after 5 s, doubled
 * up to 60 s, while it is not. What was told last stays known while nobody answers, and is forgotten when the answer is that
 * there is no such thing. A fault of ours, in what is asked or in a listener, ends neither. {@link #run} blocks a virtual
 * thread; all else may be called on any.
 */
public final class Enquiry<T> {
    static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    static final Duration LAST_RETRY = Duration.ofSeconds(60);

    /** How it is asked for. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws HomeAssistantException, InterruptedException;
    }

    private final String subject;
    private final Question<T> question;
    private final Duration refresh;
    private final Once once;
    private final Clock clock;
    private final Alarm alarm;
    private final List<Consumer<Optional<T>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<T> known = Optional.empty();

    /**
     * @param subject for the log
     * @param refresh how long an answer is taken for true
     */
    Enquiry(String subject, Question<T> question, Duration refresh, Once once, Clock clock) {
        this.subject = subject;
        this.question = question;
        this.refresh = refresh;
        this.once = once;
        this.clock = clock;
        this.alarm = clock.newAlarm();
    }

    /** What was told last. */
    public Optional<T> known() {
        return known;
    }

    /**
     * Tells {@code listener} of what is known now, and then of each change, on a virtual thread that may be blocked for a
     * moment and no longer.
     */
    public void onChange(Consumer<Optional<T>> listener) {
        synchronized (this) {
            listeners.add(listener);
            listener.accept(known);
        }
    }

    /** Asks at once, whenever the next time would be. */
    public void askNow() {
        alarm.ring();
    }

    /** Asks until the thread is interrupted. */
    void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (true) {
                boolean told = ask();
                Duration wait = told ? refresh : retry;
                retry = told ? FIRST_RETRY : later(retry);
                alarm.awaitUntil(clock.nanoTime() + wait.toNanos());
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private boolean ask() throws InterruptedException {
        try {
            learn(Optional.of(question.ask()));
            once.well(subject);
            return true;
        } catch (HomeAssistantException e) {
            if (e.reason() == Reason.ABSENT) {
                learn(Optional.empty());
                once.absent(subject, e.sentence());
            } else {
                once.trouble(subject, e.sentence());
            }
            return false;
        } catch (RuntimeException e) {
            once.fault(subject, e);
            return false;
        }
    }

    private void learn(Optional<T> now) {
        synchronized (this) {
            if (!now.equals(known)) {
                known = now;
                listeners.forEach(listener -> tell(listener, now));
            }
        }
    }

    private void tell(Consumer<Optional<T>> listener, Optional<T> now) {
        try {
            listener.accept(now);
        } catch (RuntimeException e) {
            once.fault(subject, e);
        }
    }

    private static Duration later(Duration retry) {
        Duration twice = retry.multipliedBy(2);
        return twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
    }
}
