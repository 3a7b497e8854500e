package oriel.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import oriel.base.MalformedException;

/** Cuts what comes over the worker line into messages. Holds one buffer, and a larger one only for a larger frame. */
final class LineReader {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();

    LineReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Blocks until the next message is there.
     *
     * @return nothing when the other side has closed
     * @throws IOException if the line breaks, within a message too
     * @throws MalformedException if the other side is not what it should be; the line is useless then
     */
    Optional<WorkerMessage> read() throws IOException, MalformedException {
        if (!fill(MessageFormat.LENGTH_BYTES)) {
            if (buffer.hasRemaining()) {
                throw new IOException("the worker line ended within a frame");
            }
            return Optional.empty();
        }
        int length = MessageFormat.checkLength(buffer.getInt());
        if (length > BUFFER_BYTES) {
            return Optional.of(MessageFormat.decode(readLarge(length)));
        }
        if (!fill(length)) {
            throw new IOException("the worker line ended within a frame");
        }
        ByteBuffer frame = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return Optional.of(MessageFormat.decode(frame));
    }

    private boolean fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (channel.read(buffer) < 0) {
                    return false;
                }
            }
            return true;
        } finally {
            buffer.flip();
        }
    }

    private ByteBuffer readLarge(int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.put(buffer);
        while (frame.hasRemaining()) {
            if (channel.read(frame) < 0) {
                throw new IOException("the worker line ended within a frame");
            }
        }
        return frame.flip();
    }
}
