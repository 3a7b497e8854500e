package oriel.bench;

import java.io.IOException;
import java.util.List;

/** Something in a process of its own that pictures go through, between cameras and viewers that say when they came. */
interface TransitRig extends AutoCloseable {
    /** Sends interleaved packets of a camera. */
    void write(int camera, byte[] bytes) throws IOException;

    /** What the process says it has lost, if it says so. */
    List<String> drops() throws IOException, InterruptedException;

    /** A figure of its memory. */
    double megabytes(String name) throws IOException;

    @Override
    void close() throws IOException;
}
