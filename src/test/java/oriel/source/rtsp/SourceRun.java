package oriel.source.rtsp;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.net.CertificatePins;
import oriel.net.Dialer;
import oriel.net.MediaLoops;
import oriel.stream.Source;
import oriel.testing.MemoryPins;

/** One run of an RTSP source on a thread of its own, as the hub would start it. */
final class SourceRun implements AutoCloseable {
    private final RecordingSession session;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final Thread thread;

    private SourceRun(Source source, RecordingSession session) {
        this.session = session;
        this.thread = Thread.ofVirtual().name("source").start(() -> {
            try {
                source.run(session);
                ended.complete(new AssertionError("run returned"));
            } catch (FailureException | InterruptedException | RuntimeException | Error e) {
                ended.complete(e);
            }
        });
    }

    /** What makes sources, and what they live on. */
    record Workshop(MediaLoops loops, Clock clock, CertificatePins pins) {
        Workshop(MediaLoops loops, Clock clock) {
            this(loops, clock, new MemoryPins());
        }

        RtspSourceFactory factory() {
            Seams seams = new Seams(clock, new Random(7), Resolver.system());
            return new RtspSourceFactory(new Dialer(loops, seams, pins), seams);
        }

        Source source(String url) {
            RtspSourceFactory factory = factory();
            try {
                return factory.create(factory.key(url));
            } catch (FailureException e) {
                throw new AssertionError(e);
            }
        }

        SourceRun run(String url) {
            return run(source(url));
        }

        SourceRun run(Source source) {
            return new SourceRun(source, new RecordingSession(loops.next()));
        }
    }

    RecordingSession session() {
        return session;
    }

    /** Blocks until it is connected and set up. */
    SourceRun awaitOpen() throws InterruptedException {
        session.await(s -> s.opened() > 0 || ended.isDone());
        if (session.opened() == 0) {
            throw new AssertionError("ended before it played", ended.join());
        }
        return this;
    }

    /** Why it ended; waits for that. */
    Failure failure() throws InterruptedException {
        Throwable end = end();
        if (end instanceof FailureException failure) {
            return failure.failure();
        }
        throw new AssertionError("no failure", end);
    }

    Throwable end() throws InterruptedException {
        try {
            return ended.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("still running", e);
        }
    }

    boolean running() {
        return !ended.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Ends it, and says if it did anything wrong. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(Duration.ofSeconds(20))) {
                throw new AssertionError("the source does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!session.mistake().isEmpty()) {
            throw new AssertionError(session.mistake());
        }
    }
}
