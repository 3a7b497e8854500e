package oriel.worker;

import oriel.media.AccessUnit;

/** A job that the gateway has opened. Safe on any thread, loops included: nothing here blocks. */
public final class WorkerJob implements AutoCloseable {
    private final WorkerLink link;
    private final int id;

    WorkerJob(WorkerLink link, int id) {
        this.link = link;
        this.id = id;
    }

    /**
     * Hands the job a unit of one of the tracks that it takes.
     *
     * @return whether it was taken; otherwise the line is full and this track waits for a key frame
     */
    public boolean send(int track, AccessUnit unit) {
        return link.send(id, track, unit);
    }

    /** Asks a job of {@link StillRequest} for its picture in this size. */
    public void still(StillSize size) {
        link.still(id, size);
    }

    /** Ends the job; its listener hears nothing more. Harmless when it has ended. */
    @Override
    public void close() {
        link.close(id);
    }
}
