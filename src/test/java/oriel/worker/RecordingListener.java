package oriel.worker;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/** Keeps what a job says. */
final class RecordingListener implements JobListener {
    final CompletableFuture<List<Codec>> ready = new CompletableFuture<>();
    final BlockingQueue<UnitFlight.Waiting> units = new LinkedBlockingQueue<>();
    final BlockingQueue<JobStats> stats = new LinkedBlockingQueue<>();
    final CompletableFuture<JobFailure> failed = new CompletableFuture<>();

    @Override
    public void onReady(List<Codec> codecs) {
        if (!ready.complete(codecs)) {
            throw new AssertionError("ready twice");
        }
    }

    @Override
    public void onUnit(int track, AccessUnit unit) {
        units.add(new UnitFlight.Waiting(track, unit));
    }

    @Override
    public void onStats(JobStats told) {
        stats.add(told);
    }

    @Override
    public void onFailed(JobFailure failure) {
        if (!failed.complete(failure)) {
            throw new AssertionError("failed twice");
        }
    }
}
