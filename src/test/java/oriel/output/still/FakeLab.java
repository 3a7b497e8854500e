package oriel.output.still;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.worker.JobFailure;
import oriel.worker.JobListener;
import oriel.worker.StillRequest;
import oriel.worker.StillSize;

/** A worker whose jobs the test does by hand, or that does them at once: its JPEGs tell the size that was asked for. */
final class FakeLab implements PictureLab {
    final List<Work> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Work> opened = new LinkedBlockingQueue<>();
    volatile boolean prompt;

    /** One job. */
    final class Work implements Session {
        final StillRequest request;
        final JobListener listener;
        final List<AccessUnit> units = new CopyOnWriteArrayList<>();
        final List<StillSize> asked = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        Work(StillRequest request, JobListener listener) {
            this.request = request;
            this.listener = listener;
        }

        void answer(StillSize size) {
            listener.onStill(size, jpeg(size));
        }

        void fail(JobFailure.Kind kind, String text) {
            listener.onFailed(new JobFailure(kind, text));
        }

        @Override
        public boolean send(AccessUnit unit) {
            units.add(unit);
            return true;
        }

        @Override
        public void ask(StillSize size) {
            asked.add(size);
            if (prompt) {
                Thread.ofVirtual().start(() -> answer(size));
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    static Bytes jpeg(StillSize size) {
        return Bytes.of(new byte[] {(byte) (size.width() >> 8), (byte) size.width(), 1, 2});
    }

    @Override
    public Session open(StillRequest request, JobListener listener) {
        Work work = new Work(request, listener);
        all.add(work);
        opened.add(work);
        return work;
    }

    /** The next job, with all it was sent. */
    Work next() throws InterruptedException {
        Work work = opened.poll(10, TimeUnit.SECONDS);
        if (work == null) {
            throw new AssertionError("no job was opened");
        }
        while (work.asked.isEmpty() && !work.closed) {
            Thread.onSpinWait();
        }
        return work;
    }
}
