package oriel.source.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.net.MediaLoop;
import oriel.stream.StreamWriter;
import oriel.worker.JobFailure;
import oriel.worker.JobListener;
import oriel.worker.UnitFlight;

/**
 * Carries a job's units from the worker's thread to the home loop, at most one task at a time and a bounded number of
 * units: a loop that does not keep up gets the next key frame, and what it missed is counted.
 */
final class DemoDelivery implements JobListener {
    private final MediaLoop home;
    private final StreamWriter writer;
    private final Consumer<String> onEnd;
    private final UnitFlight flight = new UnitFlight();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long droppedTold; // home loop

    /** @param onEnd told, possibly more than once, why nothing more will come */
    DemoDelivery(MediaLoop home, StreamWriter writer, Consumer<String> onEnd) {
        this.home = home;
        this.writer = writer;
        this.onEnd = onEnd;
    }

    @Override
    public void onReady(List<Codec> codecs) {
        List<Track> tracks = new ArrayList<>();
        for (Codec codec : codecs) {
            tracks.add(new Track(tracks.size(), Direction.RECVONLY, codec));
        }
        StreamDescription description = new StreamDescription(tracks);
        execute(() -> writer.open(description));
    }

    @Override
    public void onUnit(int track, AccessUnit unit) {
        flight.offer(track, unit);
        if (scheduled.compareAndSet(false, true)) {
            execute(this::drain);
        }
    }

    @Override
    public void onFailed(JobFailure failure) {
        onEnd.accept(failure.text());
    }

    private void drain() {
        // Before looking: a unit that comes meanwhile gets a task of its own.
        scheduled.set(false);
        Optional<UnitFlight.Waiting> next = flight.poll();
        while (next.isPresent()) {
            writer.unit(next.get().track(), next.get().unit());
            next = flight.poll();
        }
        for (long dropped = flight.dropped(); droppedTold < dropped; droppedTold++) {
            writer.dropped("the loop was too busy for the demo");
        }
        writer.flush();
    }

    private void execute(Runnable task) {
        try {
            home.execute(task);
        } catch (RejectedExecutionException e) {
            onEnd.accept("Oriel is too busy for the demo");
        }
    }
}
