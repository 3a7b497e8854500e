package oriel.output.still;

import oriel.media.AccessUnit;
import oriel.worker.JobListener;
import oriel.worker.MediaWorker;
import oriel.worker.StillRequest;
import oriel.worker.StillSize;
import oriel.worker.WorkerException;
import oriel.worker.WorkerJob;

/** Where pictures are decoded: the media worker, outside of tests. */
interface PictureLab {
    /**
     * Begins to decode a picture; may block until the worker has started.
     *
     * @throws WorkerException if there is no worker
     */
    Session open(StillRequest request, JobListener listener) throws WorkerException, InterruptedException;

    /** A picture that is being decoded; closed by who opened it. Never blocks. */
    interface Session extends AutoCloseable {
        /** Hands over the next unit; whether there was room. */
        boolean send(AccessUnit unit);

        /** Asks for it in this size. */
        void ask(StillSize size);

        @Override
        void close();
    }

    /** The one of the media worker. */
    static PictureLab of(MediaWorker worker) {
        return (request, listener) -> new WorkerSession(worker.open(request, listener));
    }

    /** A job of the media worker. */
    record WorkerSession(WorkerJob job) implements Session {
        @Override
        public boolean send(AccessUnit unit) {
            return job.send(0, unit);
        }

        @Override
        public void ask(StillSize size) {
            job.still(size);
        }

        @Override
        public void close() {
            job.close();
        }
    }
}
