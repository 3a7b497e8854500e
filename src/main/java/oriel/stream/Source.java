package oriel.stream;

import oriel.base.FailureException;

/** The script of one camera: plain blocking steps on a virtual thread. One instance serves one {@link LiveSource}. */
public interface Source {
    /**
     * Connects, describes the tracks, and feeds {@link SourceSession#writer()} until the connection ends. Called again
     * for each try, never twice at once. Interrupting the thread must end it soon; it closes all it opened before it
     * leaves, whichever way it leaves.
     *
     * @throws FailureException why it could not connect or did not last
     * @throws InterruptedException when nobody wants it any more
     */
    void run(SourceSession session) throws FailureException, InterruptedException;
}
