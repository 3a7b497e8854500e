package oriel.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oriel.base.Alarm;
import oriel.base.Clock;

/** A clock that stands still until a test moves it; threads that wait on its alarms wake by {@link #advance}. */
public final class VirtualClock implements Clock {
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final List<VirtualAlarm> waiting = new ArrayList<>(); // guarded by this
    private long nanos; // guarded by this

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return start.plusNanos(nanos);
    }

    /** Moves time on and wakes who has waited long enough. */
    public synchronized void advance(Duration duration) {
        nanos += duration.toNanos();
        notifyAll();
    }

    /** Blocks the test until {@code count} threads wait on this clock's alarms; real time, at most 10 s. */
    public synchronized void awaitWaiting(int count) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (waiting.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("only " + waiting.size() + " of " + count + " threads wait on the clock");
            }
            wait(left);
        }
    }

    /** How long the thread that waits longest from now still has to, if one does. */
    public synchronized List<Duration> waits() {
        return waiting.stream()
                .map(a -> Duration.ofNanos(a.until - nanos))
                .sorted()
                .toList();
    }

    @Override
    public Alarm newAlarm() {
        return new VirtualAlarm();
    }

    private final class VirtualAlarm implements Alarm {
        private boolean ringing; // guarded by the clock
        private long until; // guarded by the clock

        @Override
        public void ring() {
            synchronized (VirtualClock.this) {
                ringing = true;
                VirtualClock.this.notifyAll();
            }
        }

        @Override
        public boolean awaitUntil(long nanoTime) throws InterruptedException {
            synchronized (VirtualClock.this) {
                until = nanoTime;
                waiting.add(this);
                VirtualClock.this.notifyAll();
                try {
                    while (!ringing && nanos - nanoTime < 0) {
                        VirtualClock.this.wait();
                    }
                    boolean rung = ringing;
                    ringing = false;
                    return rung;
                } finally {
                    waiting.remove(this);
                }
            }
        }
    }
}
