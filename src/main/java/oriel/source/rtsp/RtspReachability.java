package oriel.source.rtsp;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.net.Deadline;
import oriel.net.Dialer;
import oriel.net.MediaLoop;
import oriel.rtsp.RtspClosedException;
import oriel.rtsp.RtspConnection;
import oriel.rtsp.RtspListener;
import oriel.rtsp.RtspRequest;

/**
 * Whether an RTSP camera is there: connects, asks OPTIONS without a login, and hangs up. Any answer is a yes, a refusal too; no
 * stream is opened, so a camera that rests goes on resting. Any number of calls at once, each on a virtual thread.
 */
public final class RtspReachability {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Dialer dialer;
    private final Supplier<? extends MediaLoop> homes;
    private final Seams seams;

    /** @param homes gives each connection its loop, of the group that {@code dialer} dials on */
    public RtspReachability(Dialer dialer, Supplier<? extends MediaLoop> homes, Seams seams) {
        this.dialer = dialer;
        this.homes = homes;
        this.seams = seams;
    }

    /**
     * Blocks its virtual thread until the camera has answered.
     *
     * @param address {@code rtsp://}, {@code rtsps://} or {@code rtspx://}
     * @param patience for all of it
     * @return why it does not answer; empty if it does
     */
    public Optional<Failure> look(String address, Duration patience) throws InterruptedException {
        try {
            look(RtspUrl.parse(address), Deadline.in(seams.clock(), patience));
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(new Failure.Unsupported("This is " + e.reason() + "."));
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    private void look(RtspUrl url, Deadline deadline) throws FailureException, InterruptedException {
        Duration patience = deadline.left();
        AtomicReference<RtspConnection> opened = new AtomicReference<>();
        Channel channel = dialer.dial(
                RtspSource.endpoint(url),
                homes.get(),
                patience,
                dialled -> opened.set(RtspConnection.open(dialled, seams.clock(), new Deaf())));
        try {
            opened.get()
                    .request(
                            new RtspRequest("OPTIONS", url.requestUri()).with("User-Agent", RtspDialogue.AGENT),
                            deadline.left());
        } catch (TimeoutException e) {
            throw new FailureException(new Failure.Timeout(url.host(), patience), e);
        } catch (RtspClosedException e) {
            throw new FailureException(new Failure.Protocol(e.getMessage() + " before the answer to OPTIONS"), e);
        } finally {
            opened.get().close();
            opened.get().awaitClosed(CLOSING);
            channel.close();
        }
    }

    /** Nothing is expected but the answer. */
    private static final class Deaf implements RtspListener {
        @Override
        public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {}

        @Override
        public void stray(int bytes) {}

        @Override
        public void readDone() {}

        @Override
        public void closed(String reason) {}
    }
}
