package oriel.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import oriel.media.AccessUnit;

/**
 * What the gateway has sent a job and the job has not yet taken: filled by the line's reader, emptied by the job's thread.
 * Bounded; a gateway that sends more ends the job.
 */
final class JobInbox implements Job.Input {
    /** Sizes that wait at most. */
    static final int MAX_SIZES = 64;

    private final ArrayDeque<AccessUnit> units = new ArrayDeque<>(); // guarded by this
    private final ArrayDeque<StillSize> sizes = new ArrayDeque<>(); // guarded by this
    private int bytes; // guarded by this
    private boolean overflown; // guarded by this

    synchronized void put(AccessUnit unit) {
        if (overflown || units.size() >= StillRequest.MAX_PICTURES || bytes + unit.size() > StillRequest.MAX_BYTES) {
            overflow();
            return;
        }
        units.addLast(unit);
        bytes += unit.size();
        notifyAll();
    }

    synchronized void put(StillSize size) {
        if (overflown || sizes.size() >= MAX_SIZES) {
            overflow();
            return;
        }
        sizes.addLast(size);
        notifyAll();
    }

    @Override
    public synchronized AccessUnit unit() throws IOException, InterruptedException {
        while (units.isEmpty()) {
            check();
            wait();
        }
        AccessUnit unit = units.removeFirst();
        bytes -= unit.size();
        return unit;
    }

    @Override
    public synchronized StillSize size() throws IOException, InterruptedException {
        while (sizes.isEmpty()) {
            check();
            wait();
        }
        return sizes.removeFirst();
    }

    private void overflow() {
        overflown = true;
        units.clear();
        sizes.clear();
        bytes = 0;
        notifyAll();
    }

    private void check() throws IOException {
        if (overflown) {
            throw new IOException("more came for this job than it can hold");
        }
    }
}
