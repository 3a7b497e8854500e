package oriel.base;

import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The clock of this machine; its alarms park the thread that waits. */
final class SystemClock implements Clock {
    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm newAlarm() {
        return new ParkingAlarm();
    }

    private static final class ParkingAlarm implements Alarm {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private boolean ringing; // guarded by lock

        @Override
        public void ring() {
            lock.lock();
            try {
                ringing = true;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean awaitUntil(long nanoTime) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!ringing) {
                    long left = nanoTime - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    rung.awaitNanos(left);
                }
                ringing = false;
                return true;
            } finally {
                lock.unlock();
            }
        }
    }
}
