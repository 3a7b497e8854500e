package oriel.worker;

import java.util.List;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/** What crosses the worker line; bytes in {@link MessageFormat}. */
sealed interface WorkerMessage {
    /** Which job it is about; 0 is the line itself. */
    int job();

    /** To the worker: begin this job. {@code request} is JSON. */
    record Open(int job, String request) implements WorkerMessage {}

    /** Either way: one access unit of a job's track. */
    record Unit(int job, int track, AccessUnit unit) implements WorkerMessage {}

    /** To the worker: give this job's picture in this size. */
    record Want(int job, StillSize size) implements WorkerMessage {}

    /** From the worker: the picture in the size that was asked for. */
    record Still(int job, StillSize asked, Bytes jpeg) implements WorkerMessage {}

    /** To the worker: end this job. */
    record Close(int job) implements WorkerMessage {}

    /** To the worker: are you there? */
    record Ping(long stamp) implements WorkerMessage {
        @Override
        public int job() {
            return 0;
        }
    }

    /** From the worker: the answer to the ping with this stamp. */
    record Pong(long stamp) implements WorkerMessage {
        @Override
        public int job() {
            return 0;
        }
    }

    /** From the worker: the job runs and has these tracks. */
    record Ready(int job, List<Codec> codecs) implements WorkerMessage {
        public Ready {
            codecs = List.copyOf(codecs);
        }
    }

    /** From the worker: the job has ended, and why. */
    record Failed(int job, JobFailure failure) implements WorkerMessage {}

    /** From the worker: what the job has done so far. */
    record Stats(int job, JobStats stats) implements WorkerMessage {}
}
