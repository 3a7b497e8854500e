package oriel.net;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;

/**
 * Sees when a loop stands still for a second, which nothing on it may cause, and logs where it stands and for how long. The
 * other loops go on. Watches from a thread of its own, for virtual threads might wait on what the loop holds.
 */
public final class LoopWatchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("loop");
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final List<Pulse> pulses;
    private final Thread thread;

    /** One that looks only when told. */
    LoopWatchdog(List<? extends MediaLoop> loops, Clock clock) {
        this.clock = clock;
        this.pulses = loops.stream().map(Pulse::new).toList();
        this.thread = Thread.ofPlatform().name("loop-watchdog").daemon().unstarted(this::watch);
    }

    /** Watches until closed. */
    public static LoopWatchdog start(MediaLoops loops, Clock clock) {
        LoopWatchdog watchdog = new LoopWatchdog(loops.all(), clock);
        watchdog.thread.start();
        return watchdog;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** The longest that a task had to wait for its turn on any loop since this was last asked; for one caller. */
    public Duration takeSlowest() {
        return Duration.ofNanos(
                pulses.stream().mapToLong(Pulse::takeSlowest).max().orElse(0));
    }

    /** Looks after each loop once. */
    void look() {
        pulses.forEach(Pulse::look);
    }

    private void watch() {
        try {
            while (true) {
                look();
                clock.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    /** One loop's life signs: it is asked to answer, and asked again once it has. */
    private final class Pulse {
        private final MediaLoop loop;
        private volatile long asked; // written by who looks, as are those below
        private boolean told;
        private volatile boolean waiting;
        private volatile boolean answered;
        private volatile @Nullable Thread runner; // known from the first answer on
        private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

        Pulse(MediaLoop loop) {
            this.loop = loop;
        }

        void look() {
            if (waiting && answered && told) {
                LOG.warn("{} goes on after {} ms", loop, waited() / 1_000_000);
            }
            if (!waiting || answered) {
                ask();
            } else if (!told && waited() >= PATIENCE_NANOS) {
                told = true;
                LOG.error("{} has not moved for {} ms:{}", loop, waited() / 1_000_000, stack());
            }
        }

        private void ask() {
            long now = clock.nanoTime();
            asked = now;
            told = false;
            answered = false;
            waiting = true;
            try {
                loop.execute(() -> {
                    slowest.accumulate(clock.nanoTime() - now);
                    runner = Thread.currentThread();
                    answered = true;
                });
            } catch (RejectedExecutionException e) {
                // So full that it takes nothing more: not moving, or ended; the next look asks again.
                waiting = false;
            }
        }

        long takeSlowest() {
            return Math.max(slowest.getThenReset(), waiting && !answered ? waited() : 0);
        }

        private long waited() {
            return clock.nanoTime() - asked;
        }

        private String stack() {
            Thread known = runner;
            if (known == null) {
                return " (it never did)";
            }
            StringBuilder text = new StringBuilder();
            for (StackTraceElement place : known.getStackTrace()) {
                text.append("\n    at ").append(place);
            }
            return text.toString();
        }
    }
}
