package oriel.homeassistant.camera;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import oriel.base.Alarm;
import oriel.base.Clock;

/**
 * What Home Assistant's templates say, asked anew each minute, since it may be another thing then; a template that could not
 * be filled in is asked for again after 5 s, then less often. Answers at once with what is known. Asks one after the other
 * on a thread of its own, so that nothing else waits for Home Assistant.
 */
final class FilledTemplates {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final TemplateRenderer renderer;
    private final Clock clock;
    private final Runnable news;
    private final Alarm alarm;
    private final Map<String, Filling> fillings = new HashMap<>(); // guarded by this

    /**
     * One template.
     *
     * @param text what it said last, if it ever did
     * @param pause before it is asked for again, should it fail
     * @param due when it is asked for next, by the clock
     */
    private record Filling(Optional<String> text, Duration pause, long due) {}

    /** @param news is run, on the thread that asks, when a template says something else */
    FilledTemplates(TemplateRenderer renderer, Clock clock, Runnable news) {
        this.renderer = renderer;
        this.clock = clock;
        this.news = news;
        this.alarm = clock.newAlarm();
    }

    /** Which are to be filled in from now on; the others are forgotten. */
    synchronized void want(Set<String> templates) {
        fillings.keySet().retainAll(templates);
        for (String template : templates) {
            fillings.computeIfAbsent(template, t -> new Filling(Optional.empty(), FIRST_WAIT, clock.nanoTime()));
        }
        alarm.ring();
    }

    /** What {@code template} says, as far as known. */
    synchronized Optional<String> text(String template) {
        return Optional.ofNullable(fillings.get(template)).flatMap(Filling::text);
    }

    /** Asks until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            Optional<String> due = due();
            if (due.isPresent()) {
                ask(due.get());
            } else {
                alarm.awaitUntil(next());
            }
        }
    }

    private void ask(String template) throws InterruptedException {
        Optional<String> text = renderer.render(template).map(String::strip);
        if (took(template, text)) {
            news.run();
        }
    }

    /** Whether that is news. */
    private synchronized boolean took(String template, Optional<String> text) {
        Filling before = fillings.get(template);
        if (before == null) {
            return false;
        }
        Duration wait = text.isPresent() ? LONGEST_WAIT : before.pause();
        Duration pause = text.isPresent() ? FIRST_WAIT : shorter(wait.multipliedBy(2), LONGEST_WAIT);
        fillings.put(template, new Filling(text.or(before::text), pause, clock.nanoTime() + wait.toNanos()));
        return text.isPresent() && !text.equals(before.text());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private synchronized Optional<String> due() {
        long now = clock.nanoTime();
        return fillings.entrySet().stream()
                .filter(filling -> Objects.requireNonNull(filling.getValue()).due() - now <= 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private synchronized long next() {
        long now = clock.nanoTime();
        long left = fillings.values().stream()
                .mapToLong(filling -> filling.due() - now)
                .min()
                .orElse(LONGEST_WAIT.toNanos());
        return now + left;
    }
}
