package oriel.worker;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;

/**
 * The gateway's end of the line to one running worker: hands out what comes, pings, and tells all its jobs when the
 * worker is gone. Never used again after its end. Safe on any thread.
 */
final class WorkerLink {
    /** From one ping to the next. */
    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** So many pings without an answer, and the worker is killed. */
    static final int MISSES = 3;

    /** A worker without jobs is let go after this. */
    static final Duration IDLE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger("worker");
    private static final long EXIT_SECONDS = 2;

    private final ByteChannel channel;
    private final Peer peer;
    private final Clock clock;
    private final Consumer<WorkerLink> onEnd;
    private final LineReader reader;
    private final LineWriter writer;
    private final Alarm heartbeat;
    private final Map<Integer, JobListener> jobs = new ConcurrentHashMap<>();
    private int lastId; // guarded by this
    private long idleSince; // guarded by this
    private boolean closing; // guarded by this
    private volatile boolean ended;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** The process at the other end. */
    interface Peer {
        /** Ends it at once; {@code reason} follows "the media worker". */
        void kill(String reason);

        /** Completes with how it ended, in words that follow "the media worker". */
        CompletableFuture<String> ended();
    }

    /**
     * @param channel both ways, blocking; closed by the link
     * @param onEnd told once, after the jobs, when the line has ended without {@link #close()}
     */
    WorkerLink(ByteChannel channel, Peer peer, Clock clock, Consumer<WorkerLink> onEnd) {
        this.channel = channel;
        this.peer = peer;
        this.clock = clock;
        this.onEnd = onEnd;
        this.reader = new LineReader(channel);
        this.writer = new LineWriter(channel);
        this.heartbeat = clock.newAlarm();
        this.idleSince = clock.nanoTime();
    }

    /** Begins; called once. */
    void start() {
        Thread.ofPlatform().daemon().name("worker-reader").start(this::read);
        Thread.ofVirtual().name("worker-writer").start(this::write);
        Thread.ofVirtual().name("worker-heartbeat").start(this::beat);
    }

    /** Opens a job; nothing if this link is at its end. */
    synchronized Optional<WorkerJob> open(JobRequest request, JobListener listener) {
        if (closing || ended) {
            return Optional.empty();
        }
        int id = ++lastId;
        jobs.put(id, listener);
        writer.admit(id, request.flight());
        writer.send(new WorkerMessage.Open(id, request.toJson().toJson()));
        return Optional.of(new WorkerJob(this, id));
    }

    boolean send(int id, int track, AccessUnit unit) {
        return writer.send(id, track, unit);
    }

    synchronized void still(int id, StillSize size) {
        if (jobs.containsKey(id) && !writer.send(new WorkerMessage.Want(id, size))) {
            closeChannel();
        }
    }

    synchronized void close(int id) {
        if (jobs.remove(id) != null) {
            writer.dismiss(id);
            idleSince = clock.nanoTime();
            if (!writer.send(new WorkerMessage.Close(id))) {
                closeChannel();
            }
        }
    }

    /** Jobs that run. */
    int jobs() {
        return jobs.size();
    }

    /** Pings that wait for their answer. */
    int unanswered() {
        return unanswered.get();
    }

    /** Ends the line; the worker ends with it. Its jobs are not told. */
    void close() {
        synchronized (this) {
            closing = true;
            jobs.clear();
        }
        closeChannel();
    }

    private void read() {
        try {
            Optional<WorkerMessage> message = reader.read();
            while (message.isPresent()) {
                deliver(message.get());
                message = reader.read();
            }
        } catch (IOException e) {
            LOG.debug("the worker's line broke: {}", e.getMessage());
        } catch (MalformedException e) {
            peer.kill("sent nonsense: " + e.reason());
        }
        end();
    }

    // One job's mistake must not take the others' pictures.
    private void deliver(WorkerMessage message) throws MalformedException {
        JobListener listener = jobs.get(message.job());
        try {
            handle(message, listener);
        } catch (RuntimeException e) {
            LOG.error("a job's listener failed", e);
            close(message.job());
            if (listener != null) {
                tell(listener, new JobFailure(JobFailure.Kind.INTERNAL, "Oriel made a mistake, see its log"));
            }
        }
    }

    private void handle(WorkerMessage message, @Nullable JobListener listener) throws MalformedException {
        switch (message) {
            case WorkerMessage.Pong m -> unanswered.set(0);
            // A job that was just closed may still have something on its way.
            case WorkerMessage.Ready m when listener != null -> listener.onReady(m.codecs());
            case WorkerMessage.Ready m -> {}
            case WorkerMessage.Unit m when listener != null -> listener.onUnit(m.track(), m.unit());
            case WorkerMessage.Unit m -> {}
            case WorkerMessage.Still m when listener != null -> listener.onStill(m.asked(), m.jpeg());
            case WorkerMessage.Still m -> {}
            case WorkerMessage.Stats m when listener != null -> listener.onStats(m.stats());
            case WorkerMessage.Stats m -> {}
            case WorkerMessage.Failed m -> fail(m.job(), m.failure());
            case WorkerMessage.Open m -> throw new MalformedException("OPEN from the worker");
            case WorkerMessage.Want m -> throw new MalformedException("WANT from the worker");
            case WorkerMessage.Close m -> throw new MalformedException("CLOSE from the worker");
            case WorkerMessage.Ping m -> throw new MalformedException("PING from the worker");
        }
    }

    private void fail(int id, JobFailure failure) {
        @Nullable JobListener listener;
        synchronized (this) {
            listener = jobs.remove(id);
            writer.dismiss(id);
            idleSince = clock.nanoTime();
        }
        if (listener != null) {
            tell(listener, failure);
        }
    }

    private static void tell(JobListener listener, JobFailure failure) {
        try {
            listener.onFailed(failure);
        } catch (RuntimeException e) {
            LOG.error("a job's listener failed", e);
        }
    }

    private void end() {
        boolean wanted;
        synchronized (this) {
            ended = true;
            wanted = closing;
        }
        writer.end();
        closeChannel();
        heartbeat.ring();
        String text = "the media worker " + howItEnded();
        for (int id : new ArrayList<>(jobs.keySet())) {
            fail(id, new JobFailure(JobFailure.Kind.GONE, text));
        }
        if (!wanted) {
            LOG.warn("{}", text);
            onEnd.accept(this);
        }
    }

    private String howItEnded() {
        for (String reason : List.of("lost its line to Oriel", "does not end")) {
            try {
                return peer.ended().get(EXIT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                peer.kill(reason);
            } catch (ExecutionException e) {
                return "ended: " + e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "ended";
            }
        }
        return "ended";
    }

    private void write() {
        try {
            writer.run();
        } catch (IOException e) {
            LOG.debug("the worker's line broke: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeChannel();
    }

    private void beat() {
        try {
            while (!ended) {
                if (idle()) {
                    LOG.debug("the media worker has had nothing to do for {} min and is let go", IDLE.toMinutes());
                    close();
                    return;
                }
                if (unanswered.getAndIncrement() >= MISSES) {
                    peer.kill("did not answer for " + MISSES * HEARTBEAT.toSeconds() + " s");
                    closeChannel();
                    return;
                }
                writer.send(new WorkerMessage.Ping(clock.nanoTime()));
                // From now, not from the last beat: after a pause of ours the worker gets its time to answer.
                heartbeat.awaitUntil(clock.nanoTime() + HEARTBEAT.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean idle() {
        if (!jobs.isEmpty() || clock.nanoTime() - idleSince < IDLE.toNanos()) {
            return false;
        }
        closing = true;
        return true;
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the worker's line does not close: {}", e.getMessage());
        }
    }
}
