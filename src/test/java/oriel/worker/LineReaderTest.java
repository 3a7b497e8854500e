package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;

class LineReaderTest {
    private static final List<WorkerMessage> CONVERSATION = List.of(
            new WorkerMessage.Ping(1),
            unit(3),
            unit(128 * 1024 - 30),
            unit(128 * 1024),
            unit(3_000_000),
            new WorkerMessage.Close(4),
            unit(100_000),
            unit(100_000));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 131_072, 10_000_000})
    void conversation_inPiecesOfAnySize_isReadInOrder(int piece) throws Exception {
        LineReader reader = new LineReader(new Pieces(bytes(CONVERSATION), piece));
        List<WorkerMessage> read = new ArrayList<>();
        for (Optional<WorkerMessage> next = reader.read(); next.isPresent(); next = reader.read()) {
            read.add(next.get());
        }
        assertThat(read).isEqualTo(CONVERSATION);
    }

    @Test
    void line_thatEndsWithinAFrame_isBroken() {
        byte[] all = bytes(List.of(unit(40)));
        for (int length = 1; length < all.length; length++) {
            byte[] cut = Arrays.copyOf(all, length);
            assertThatThrownBy(() -> new LineReader(new Pieces(cut, 16)).read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void largeFrame_thatEndsEarly_isBroken() {
        byte[] cut = Arrays.copyOf(bytes(List.of(unit(1_000_000))), 999_000);
        assertThatThrownBy(() -> new LineReader(new Pieces(cut, 4096)).read()).isInstanceOf(IOException.class);
    }

    @Test
    void length_beyondTheBound_isMalformedBeforeAnythingIsAllocated() {
        byte[] huge = {0x7F, -1, -1, -1, 1};
        assertThatThrownBy(() -> new LineReader(new Pieces(huge, 5)).read()).isInstanceOf(MalformedException.class);
    }

    private static WorkerMessage unit(int size) {
        byte[] bytes = new byte[size];
        bytes[size - 1] = 1;
        return new WorkerMessage.Unit(1, 0, new AccessUnit(5, Optional.empty(), true, List.of(Bytes.of(bytes))));
    }

    private static byte[] bytes(List<WorkerMessage> messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(message -> out.writeBytes(MessageFormatTest.frame(message)));
        return out.toByteArray();
    }

    private static final class Pieces implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final int piece;

        Pieces(byte[] bytes, int piece) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.piece = piece;
        }

        @Override
        public int read(ByteBuffer out) {
            int count = Math.min(Math.min(piece, out.remaining()), bytes.remaining());
            if (!bytes.hasRemaining()) {
                return -1;
            }
            out.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
