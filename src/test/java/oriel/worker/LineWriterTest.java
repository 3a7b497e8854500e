package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

@Timeout(30)
class LineWriterTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private int writes; // writer's thread
    private volatile int expected;
    private final LineWriter writer = new LineWriter(new StuckChannel());

    @Test
    void otherSide_thatDoesNotRead_getsTheNextKeyFrameWhenItReadsAgain() throws Exception {
        writer.admit(1, new UnitFlight());
        writer.send(1, 0, unit(0, true));
        Thread thread = start();
        reached.await(); // the first unit is being written, and does not get through

        for (int i = 1; i <= 200; i++) {
            writer.send(1, 0, unit(i, false));
        }
        writer.send(1, 0, unit(201, true));
        assertThat(writer.stats(1)).contains(new JobStats(1, 200));
        finish(thread, 2);

        assertThat(pts(1)).containsExactly(0L, 201L);
    }

    @Test
    void words_waitingWithUnits_goFirst() throws Exception {
        writer.admit(1, new UnitFlight());
        writer.send(1, 0, unit(0, true));
        writer.send(1, 0, unit(1, true));
        writer.send(new WorkerMessage.Pong(7));
        Thread thread = start();
        finish(thread, 3);

        assertThat(messages()).first().isEqualTo(new WorkerMessage.Pong(7));
    }

    @Test
    void jobs_waitingTogether_takeTurns() throws Exception {
        for (int job = 1; job <= 3; job++) {
            writer.admit(job, new UnitFlight());
        }
        for (int i = 0; i < 4; i++) {
            writer.send(1, 0, unit(i, true));
        }
        writer.send(2, 0, unit(0, true));
        writer.send(3, 0, unit(0, true));
        Thread thread = start();
        finish(thread, 6);

        assertThat(messages()).extracting(WorkerMessage::job).containsExactly(1, 2, 3, 1, 1, 1);
    }

    @Test
    void job_thatIsDismissed_sendsNothingMore() throws Exception {
        writer.admit(1, new UnitFlight());
        writer.send(1, 0, unit(0, true));
        writer.dismiss(1);
        assertThat(writer.send(1, 0, unit(1, true))).isFalse();
        writer.send(new WorkerMessage.Close(1));
        Thread thread = start();
        finish(thread, 1);

        assertThat(messages()).containsExactly(new WorkerMessage.Close(1));
    }

    @Test
    void words_beyondTheirBound_areRefused() {
        for (int i = 0; i < LineWriter.MAX_WORDS; i++) {
            assertThat(writer.send(new WorkerMessage.Ping(i))).isTrue();
        }
        assertThat(writer.send(new WorkerMessage.Ping(0))).isFalse();
    }

    private Thread start() {
        return Thread.ofPlatform().start(() -> {
            try {
                writer.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Lets the other side read again, until so many messages have come in all. */
    private void finish(Thread thread, int messages) throws Exception {
        expected = messages;
        release.countDown();
        thread.join();
    }

    private List<Long> pts(int job) {
        return messages().stream()
                .filter(m -> m.job() == job)
                .map(m -> ((WorkerMessage.Unit) m).unit().ptsTicks())
                .toList();
    }

    private List<WorkerMessage> messages() {
        List<WorkerMessage> messages = new ArrayList<>();
        try {
            LineReader reader = new LineReader(Channels.newChannel(new ByteArrayInputStream(written.toByteArray())));
            for (Optional<WorkerMessage> next = reader.read(); next.isPresent(); next = reader.read()) {
                messages.add(next.get());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return messages;
    }

    private static AccessUnit unit(long pts, boolean key) {
        return new AccessUnit(pts, Optional.empty(), key, List.of(Bytes.of(new byte[10])));
    }

    private final class StuckChannel implements WritableByteChannel {
        @Override
        public int write(ByteBuffer in) {
            reached.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            written.writeBytes(bytes);
            writes++;
            if (writes == expected) {
                writer.end();
            }
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
