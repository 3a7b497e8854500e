package oriel.base;

/**
 * A place where one thread waits until its deadline comes or somebody rings; a ring that comes early is kept for the
 * next wait. Any thread may ring.
 */
public interface Alarm {
    /** Ends the wait under way, or the next one at once. */
    void ring();

    /**
     * Blocks until the clock reads {@code nanoTime} or somebody rings.
     *
     * @return whether it was a ring
     */
    boolean awaitUntil(long nanoTime) throws InterruptedException;
}
