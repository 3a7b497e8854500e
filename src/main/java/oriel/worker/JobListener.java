package oriel.worker;

import java.util.List;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/**
 * Takes what a job makes, on the thread that reads the worker's line, in order. Must not block: all jobs wait meanwhile.
 * After {@link WorkerJob#close()} a call under way may still end, and no further one comes.
 */
public interface JobListener {
    /** The tracks, each with its parameter sets; once, before the first unit. */
    void onReady(List<Codec> codecs);

    /** The next access unit of a track, which is its place in the list of {@link #onReady}. */
    void onUnit(int track, AccessUnit unit);

    /** A still in a size that was asked for by {@link WorkerJob#still}. */
    default void onStill(StillSize asked, Bytes jpeg) {}

    /** What the job has done so far; every few seconds. */
    default void onStats(JobStats stats) {}

    /** The job has ended by itself; at most once, and nothing follows. */
    void onFailed(JobFailure failure);
}
