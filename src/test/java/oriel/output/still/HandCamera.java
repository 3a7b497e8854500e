package oriel.output.still;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.base.Bytes;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.rtp.RtpView;
import oriel.stream.SourceFactory;
import oriel.stream.SourceSession;
import oriel.testing.DialledKind;
import oriel.testing.ManualLoop;

/** Sources {@code hand:…} whose pictures, of one packet each, come when the test says so; their time is the loop's. */
final class HandCamera {
    private static final Bytes SPS = Bytes.ofHex("6742c01fd9005005bb016a02020280000003008000001e078c1924");
    private static final Bytes PPS = Bytes.ofHex("68cb83cb20");
    private static final byte[] IDR = {0x65, (byte) 0x88, (byte) 0x84, 0x21, (byte) 0xa0};
    private static final byte[] DELTA = {0x41, (byte) 0x9a, 0x02, 0x03, 0x04};

    private final ManualLoop loop;
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger keyFrameRequests = new AtomicInteger();
    private final Semaphore hangUps = new Semaphore(0);
    private volatile Optional<SourceSession> session = Optional.empty();
    private int sequence;

    HandCamera(ManualLoop loop) {
        this.loop = loop;
    }

    int tries() {
        return tries.get();
    }

    int keyFrameRequests() {
        return keyFrameRequests.get();
    }

    void key() {
        send(IDR);
    }

    void delta() {
        send(DELTA);
    }

    /** Ends the connection, and the next ones give nothing. */
    void hangUp() {
        hangUps.release();
    }

    SourceFactory kind() {
        return new DialledKind("hand", this::run);
    }

    private void run(SourceSession began) throws FailureException, InterruptedException {
        if (tries.incrementAndGet() == 1) {
            began.onKeyFrameRequest(keyFrameRequests::incrementAndGet);
            session = Optional.of(began);
            Track track = new Track(0, Direction.RECVONLY, new Codec.H264(SPS, PPS));
            loop.execute(() -> began.writer().open(new StreamDescription(List.of(track))));
        }
        hangUps.acquire();
    }

    private void send(byte[] nal) {
        SourceSession now = session.orElseThrow();
        loop.run(() -> {
            try {
                ByteBuffer packet = ByteBuffer.allocate(12 + nal.length);
                packet.put((byte) 0x80)
                        .put((byte) 0xE0)
                        .putShort((short) sequence++)
                        .putInt((int) (loop.nanoTime() * 9 / 100_000))
                        .putInt(1)
                        .put(nal);
                RtpView view = new RtpView();
                view.wrap(packet, 0, packet.capacity());
                now.writer().packet(0, view);
                now.writer().flush();
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
