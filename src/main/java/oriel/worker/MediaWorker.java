package oriel.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.process.Children;

/**
 * The gateway's media worker: a process of its own that holds all native media code, there when a job wants it. After a
 * crash its jobs are told, and the next job starts it again, at the earliest 1 s later, then 2, up to 15. Safe on any
 * thread; {@link #open} belongs on a virtual thread. Whoever builds it closes it.
 */
public final class MediaWorker implements AutoCloseable {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** A worker that has lived so long has earned a fresh start. */
    static final Duration STEADY = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger("worker");

    private final WorkerProcess.Starter starter;
    private final Clock clock;
    private final Alarm closing;
    private final ReentrantLock starting = new ReentrantLock();
    private final Object state = new Object();
    private @Nullable WorkerLink link; // guarded by state
    private Duration pause = Duration.ZERO; // guarded by state
    private long notBefore; // guarded by state
    private long startedAt; // guarded by state
    private volatile boolean closed;

    /**
     * @param children starts the process
     * @param seams clock and randomness
     */
    public MediaWorker(WorkerSettings settings, Children children, Seams seams) {
        this(WorkerProcess.starter(settings, children, seams.random()), seams.clock());
    }

    MediaWorker(WorkerProcess.Starter starter, Clock clock) {
        this.starter = starter;
        this.clock = clock;
        this.closing = clock.newAlarm();
        this.notBefore = clock.nanoTime();
    }

    /**
     * Opens a job, starting the worker if none runs; waits while a worker that crashed may not be started yet.
     *
     * @param listener hears of the job, possibly before this returns
     * @throws WorkerException if the worker does not start, or this is closed
     */
    public WorkerJob open(JobRequest request, JobListener listener) throws WorkerException, InterruptedException {
        Optional<WorkerJob> job = openNow(request, listener);
        if (job.isPresent()) {
            return job.get();
        }
        starting.lockInterruptibly();
        try {
            job = openNow(request, listener);
            if (job.isEmpty()) {
                start();
                job = openNow(request, listener);
            }
            return job.orElseThrow(() -> new WorkerException("The media worker ended as soon as it had started."));
        } finally {
            starting.unlock();
        }
    }

    /** Jobs that run now. */
    public int jobs() {
        synchronized (state) {
            return link == null ? 0 : link.jobs();
        }
    }

    /** Whether a worker is there that has not been found dead. */
    boolean running() {
        synchronized (state) {
            return link != null;
        }
    }

    /** Ends the worker and starts it no more. Its jobs are not told. */
    @Override
    public void close() {
        closed = true;
        closing.ring();
        synchronized (state) {
            if (link != null) {
                link.close();
            }
        }
    }

    private Optional<WorkerJob> openNow(JobRequest request, JobListener listener) {
        synchronized (state) {
            return link == null ? Optional.empty() : link.open(request, listener);
        }
    }

    private void start() throws WorkerException, InterruptedException {
        awaitPause();
        if (closed) {
            throw new WorkerException("the media worker is not started: Oriel is ending");
        }
        WorkerProcess process;
        try {
            process = starter.start();
        } catch (IOException e) {
            synchronized (state) {
                lengthenPause();
            }
            throw new WorkerException("The media worker does not start: " + e.getMessage(), e);
        }
        WorkerLink fresh = new WorkerLink(process.channel(), process.peer(), clock, this::crashed);
        synchronized (state) {
            link = fresh;
            startedAt = clock.nanoTime();
            fresh.start();
            if (closed) {
                fresh.close();
            }
        }
        LOG.debug("the media worker runs");
    }

    private void awaitPause() throws InterruptedException {
        long until;
        synchronized (state) {
            until = notBefore;
        }
        if (until - clock.nanoTime() > 0) {
            closing.awaitUntil(until);
        }
    }

    private void crashed(WorkerLink dead) {
        synchronized (state) {
            if (link == dead) {
                link = null;
            }
            if (clock.nanoTime() - startedAt >= STEADY.toNanos()) {
                pause = Duration.ZERO;
            }
            lengthenPause();
        }
    }

    private void lengthenPause() {
        Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        notBefore = clock.nanoTime() + pause.toNanos();
    }
}
