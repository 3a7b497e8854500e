package oriel.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Random;
import oriel.base.MalformedException;

/** A worker line whose far end is the test. */
final class LinePair implements AutoCloseable {
    final SocketChannel near;
    private final SocketChannel far;
    private final LineReader reader;

    LinePair() throws Exception {
        try (LineDoor door = LineDoor.openTcp(new Random(1))) {
            far = door.address().connect();
            near = door.worker().get();
        }
        reader = new LineReader(far);
    }

    SocketChannel far() {
        return far;
    }

    void send(WorkerMessage message) throws IOException {
        far.write(ByteBuffer.wrap(MessageFormatTest.frame(message)));
    }

    Optional<WorkerMessage> read() throws IOException, MalformedException {
        return reader.read();
    }

    /** The next message that is of this kind. */
    <T extends WorkerMessage> T next(Class<T> kind) throws IOException, MalformedException {
        while (true) {
            WorkerMessage message = reader.read().orElseThrow();
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
