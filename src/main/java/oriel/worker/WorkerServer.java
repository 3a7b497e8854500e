package oriel.worker;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/**
 * The worker's end of the line: runs the jobs that the gateway opens, each on a thread of its own, and answers its pings.
 * {@link #run} returns when the gateway has gone, or has wanted nothing for {@link #IDLE}; all jobs have ended then.
 */
final class WorkerServer {
    /** Jobs at once; a further one is refused. */
    static final int MAX_JOBS = 16;

    /** A net below the gateway's own: it closes the line of an idle worker itself, which no new job can cross. */
    static final Duration IDLE = Duration.ofMinutes(5).plusSeconds(30);

    private static final int PINGS_A_STATS = 5;
    private static final long JOIN_MILLIS = 1000;

    private final ByteChannel channel;
    private final Clock clock;
    private final Job.Factory factory;
    private final LineReader reader;
    private final LineWriter writer;
    private final Map<Integer, Running> jobs = new ConcurrentHashMap<>();
    private long idleSince; // reader's thread
    private int pings; // reader's thread

    /** @param channel both ways; closed by {@link #run} */
    WorkerServer(ByteChannel channel, Clock clock, Job.Factory factory) {
        this.channel = channel;
        this.clock = clock;
        this.factory = factory;
        this.reader = new LineReader(channel);
        this.writer = new LineWriter(channel);
        this.idleSince = clock.nanoTime();
    }

    /**
     * Serves until the line ends, which is how a gateway goes, orderly or not.
     *
     * @throws MalformedException if the other end is no gateway of this version
     */
    void run() throws MalformedException {
        Thread writing = Thread.ofPlatform().daemon().name("line-writer").start(this::write);
        try {
            Optional<WorkerMessage> message = read();
            while (message.isPresent() && !idle()) {
                handle(message.get());
                message = read();
            }
        } finally {
            endJobs();
            closeLine();
            join(writing);
        }
    }

    private Optional<WorkerMessage> read() throws MalformedException {
        try {
            return reader.read();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void handle(WorkerMessage message) throws MalformedException {
        switch (message) {
            case WorkerMessage.Open m -> open(m);
            case WorkerMessage.Close m -> close(m.job());
            case WorkerMessage.Ping m -> {
                writer.send(new WorkerMessage.Pong(m.stamp()));
                tellStats();
            }
            case WorkerMessage.Unit m -> inbox(m.job()).ifPresent(inbox -> inbox.put(m.unit()));
            case WorkerMessage.Want m -> inbox(m.job()).ifPresent(inbox -> inbox.put(m.size()));
            case WorkerMessage.Ready m -> throw new MalformedException("READY from the gateway");
            case WorkerMessage.Still m -> throw new MalformedException("STILL from the gateway");
            case WorkerMessage.Failed m -> throw new MalformedException("FAILED from the gateway");
            case WorkerMessage.Stats m -> throw new MalformedException("STATS from the gateway");
            case WorkerMessage.Pong m -> throw new MalformedException("PONG from the gateway");
        }
    }

    // A job that has ended may still have something on its way.
    private Optional<JobInbox> inbox(int id) {
        return Optional.ofNullable(jobs.get(id)).map(Running::inbox);
    }

    private boolean idle() {
        if (!jobs.isEmpty()) {
            idleSince = clock.nanoTime();
        }
        return clock.nanoTime() - idleSince >= IDLE.toNanos();
    }

    private void open(WorkerMessage.Open message) {
        int id = message.job();
        if (jobs.size() >= MAX_JOBS || jobs.containsKey(id)) {
            fail(id, JobFailure.Kind.REQUEST, "the media worker has " + jobs.size() + " jobs already");
            return;
        }
        try {
            JsonValue request = Json.parse(message.request());
            if (!(request instanceof JsonObject object)) {
                throw new MalformedException("a request that is no object");
            }
            Job job = factory.create(object);
            writer.admit(id, new UnitFlight());
            JobInbox inbox = new JobInbox();
            Thread thread = Thread.ofPlatform().daemon().name("job-" + id).unstarted(() -> run(id, job, inbox));
            jobs.put(id, new Running(thread, inbox));
            thread.start();
        } catch (MalformedException e) {
            fail(id, JobFailure.Kind.REQUEST, e.reason());
        }
    }

    private void run(int id, Job job, JobInbox inbox) {
        try {
            job.run(inbox, new LineOutput(id));
            fail(id, JobFailure.Kind.INTERNAL, "the job came to an end");
        } catch (InterruptedException e) {
            // The gateway closed it, or the worker ends: nobody waits for an answer.
            Thread.currentThread().interrupt();
        } catch (MalformedException e) {
            fail(id, JobFailure.Kind.MEDIA, e.reason());
        } catch (IOException e) {
            fail(id, JobFailure.Kind.NATIVE, String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            fail(id, JobFailure.Kind.NATIVE, LoadError.text(e));
        } catch (RuntimeException e) {
            fail(id, JobFailure.Kind.INTERNAL, e.toString());
        } finally {
            writer.dismiss(id);
            jobs.remove(id);
        }
    }

    private void fail(int id, JobFailure.Kind kind, String text) {
        writer.send(new WorkerMessage.Failed(id, new JobFailure(kind, text)));
    }

    private void close(int id) {
        writer.dismiss(id);
        Running job = jobs.get(id);
        if (job != null) {
            job.thread().interrupt();
        }
    }

    private void tellStats() {
        pings++;
        if (pings % PINGS_A_STATS == 0) {
            for (int id : jobs.keySet()) {
                writer.stats(id).ifPresent(stats -> writer.send(new WorkerMessage.Stats(id, stats)));
            }
        }
    }

    private void endJobs() {
        List<Thread> threads = jobs.values().stream().map(Running::thread).toList();
        threads.forEach(Thread::interrupt);
        threads.forEach(WorkerServer::join);
    }

    private void write() {
        try {
            writer.run();
        } catch (IOException e) {
            // The reader sees the end of the line, too, and ends the worker.
            closeLine();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeLine() {
        writer.end();
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("the line to the gateway does not close: " + e.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Running(Thread thread, JobInbox inbox) {}

    private final class LineOutput implements Job.Output {
        private final int id;

        LineOutput(int id) {
            this.id = id;
        }

        @Override
        public void ready(List<Codec> codecs) {
            writer.send(new WorkerMessage.Ready(id, codecs));
        }

        @Override
        public void unit(int track, AccessUnit unit) {
            writer.send(id, track, unit);
        }

        @Override
        public void still(StillSize asked, Bytes jpeg) {
            writer.send(new WorkerMessage.Still(id, asked, jpeg));
        }
    }
}
