package oriel.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.media.AccessUnit;

/**
 * Sends messages over the worker line by one thread of its own ({@link #run}), so that nobody else ever waits for the
 * other side: words first, then the jobs' units in turn, each job with its own {@link UnitFlight}. Safe on any thread.
 */
final class LineWriter {
    /** Words that wait at most; beyond, the other side has stopped reading and the line is given up. */
    static final int MAX_WORDS = 1024;

    private static final int BUFFER_BYTES = 128 * 1024;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ArrayDeque<WorkerMessage> words = new ArrayDeque<>(); // guarded by this
    private final Map<Integer, UnitFlight> flights = new LinkedHashMap<>(); // guarded by this
    private boolean ended; // guarded by this

    LineWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends anything but a unit.
     *
     * @return whether there was room; if not, the line must be closed
     */
    synchronized boolean send(WorkerMessage word) {
        if (ended || words.size() >= MAX_WORDS) {
            return false;
        }
        words.addLast(word);
        notifyAll();
        return true;
    }

    /** Gives a job its flight; units of jobs that have none are dropped uncounted. */
    synchronized void admit(int job, UnitFlight flight) {
        flights.put(job, flight);
    }

    /** Forgets a job, and its units that wait. */
    synchronized void dismiss(int job) {
        flights.remove(job);
    }

    /**
     * Sends a unit, or drops it when too many of this job wait.
     *
     * @return whether it was taken
     */
    synchronized boolean send(int job, int track, AccessUnit unit) {
        UnitFlight flight = flights.get(job);
        if (flight == null || ended || !MessageFormat.fits(unit)) {
            return false;
        }
        boolean taken = flight.offer(track, unit);
        notifyAll();
        return taken;
    }

    /** What a job has sent so far, if it has a flight. */
    synchronized Optional<JobStats> stats(int job) {
        return Optional.ofNullable(flights.get(job)).map(UnitFlight::stats);
    }

    /** Ends {@link #run} and takes nothing more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Writes until {@link #end()}, an interrupt, or an error.
     *
     * @throws IOException if the line breaks
     */
    void run() throws IOException, InterruptedException {
        for (WorkerMessage next = take(); next != null; next = take()) {
            write(next);
        }
    }

    private synchronized @Nullable WorkerMessage take() throws InterruptedException {
        while (!ended) {
            WorkerMessage next = next();
            if (next != null) {
                return next;
            }
            wait();
        }
        return null;
    }

    private @Nullable WorkerMessage next() {
        if (!words.isEmpty()) {
            return words.pollFirst();
        }
        for (Map.Entry<Integer, UnitFlight> flight : flights.entrySet()) {
            Optional<UnitFlight.Waiting> waiting = flight.getValue().poll();
            if (waiting.isPresent()) {
                return unitOf(flight.getKey(), flight.getValue(), waiting.get());
            }
        }
        return null;
    }

    // The job goes behind the others, so that a busy one does not keep them waiting.
    private WorkerMessage unitOf(int job, UnitFlight flight, UnitFlight.Waiting waiting) {
        flights.remove(job);
        flights.put(job, flight);
        return new WorkerMessage.Unit(job, waiting.track(), waiting.unit());
    }

    private void write(WorkerMessage message) throws IOException {
        int bytes = MessageFormat.maxBytes(message);
        ByteBuffer out = bytes <= BUFFER_BYTES ? buffer.clear() : ByteBuffer.allocate(bytes);
        MessageFormat.encode(message, out);
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
