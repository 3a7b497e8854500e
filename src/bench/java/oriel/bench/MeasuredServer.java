package oriel.bench;

/** A gateway in a process of its own. Closing it ends it. */
interface MeasuredServer extends MeasuredProcess, AutoCloseable {
    /** As in {@code http://127.0.0.1:1984}. */
    String base();

    @Override
    void close();
}
