package oriel.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.net.Deadline;

/**
 * The client's end of one RTSP connection: numbers requests, matches answers to them, answers what the camera asks, and
 * hands interleaved packets to its listener. Scripts call from any thread; all else happens on the channel's loop. Whoever
 * opened the channel ends it by {@link #close}.
 */
public final class RtspConnection {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");

    // Requests that wait for an answer; a script has one, its keep-alive another.
    private static final int MAX_PENDING = 16;
    // How long a camera may pause in the middle of a description before it counts as whole.
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long FAREWELL_MILLIS = 500;
    private static final int INTERLEAVED_HEADER_BYTES = 4;
    private static final String PUBLIC = "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE";

    private final Channel channel;
    private final Clock clock;
    private final RtspListener listener;
    private final RtspFrames frames;

    private final AtomicLong reads = new AtomicLong();

    // Only on the loop:
    private final Map<Integer, CompletableFuture<RtspResponse>> pending = new LinkedHashMap<>();
    private int lastCseq;
    private String reason = "closed by the camera";
    private boolean ending;
    private boolean closed;

    private RtspConnection(Channel channel, Clock clock, RtspListener listener) {
        this.channel = channel;
        this.clock = clock;
        this.listener = listener;
        this.frames = new RtspFrames(new FrameOutput());
    }

    /** Takes a connected channel over, on its loop, before it has read anything. */
    public static RtspConnection open(Channel channel, Clock clock, RtspListener listener) {
        RtspConnection connection = new RtspConnection(channel, clock, listener);
        channel.pipeline().addLast(connection.new Handler());
        return connection;
    }

    /** The camera's address and port. */
    public SocketAddress remote() {
        return channel.remoteAddress();
    }

    /** How often something came; counted before any of it is handed on. */
    public long reads() {
        return reads.get();
    }

    /**
     * Sends {@code request} and blocks the calling virtual thread until its answer is there.
     *
     * @throws RtspClosedException if the connection ends before
     * @throws TimeoutException if {@code patience} ends before; an answer that comes later is passed over
     */
    public RtspResponse request(RtspRequest request, Duration patience)
            throws RtspClosedException, TimeoutException, InterruptedException {
        Deadline deadline = Deadline.in(clock, patience);
        CompletableFuture<RtspResponse> answer = send(request);
        while (true) {
            try {
                return deadline.atMost(PAUSE).await(answer);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RtspClosedException closing
                        ? closing
                        : new RtspClosedException(String.valueOf(e.getMessage()));
            } catch (TimeoutException e) {
                if (deadline.passed()) {
                    answer.cancel(false);
                    throw e;
                }
                onLoop(frames::pause);
            }
        }
    }

    /**
     * Sends {@code request}.
     *
     * @return its answer, completed on the loop, or a {@link RtspClosedException}; whoever does not want it any more
     *     cancels it
     */
    public CompletableFuture<RtspResponse> send(RtspRequest request) {
        CompletableFuture<RtspResponse> answer = new CompletableFuture<>();
        boolean taken = onLoop(() -> {
            pending.values().removeIf(CompletableFuture::isDone);
            if (closed || pending.size() >= MAX_PENDING) {
                answer.completeExceptionally(new RtspClosedException(closed ? reason : "too many requests wait"));
                return;
            }
            pending.put(++lastCseq, answer);
            channel.writeAndFlush(Unpooled.wrappedBuffer(request.encode(lastCseq)), channel.voidPromise());
        });
        if (!taken) {
            answer.completeExceptionally(new RtspClosedException("the gateway is closing"));
        }
        return answer;
    }

    /** Expects interleaved packets on {@code id}, 0 to 255; on the loop. */
    public void expect(int id) {
        frames.expect(id);
    }

    /**
     * Sends one interleaved packet, on the loop.
     *
     * @param packet taken over; at most 65535 bytes
     * @return whether it went out; not if the camera does not read what it got before
     */
    public boolean interleave(int id, byte[] packet) {
        if (closed || !channel.isWritable()) {
            return false;
        }
        ByteBuf header = channel.alloc().buffer(INTERLEAVED_HEADER_BYTES);
        header.writeByte('$').writeByte(id).writeShort(packet.length);
        channel.write(header, channel.voidPromise());
        channel.writeAndFlush(Unpooled.wrappedBuffer(packet), channel.voidPromise());
        return true;
    }

    /** Ends the connection; harmless if it is over. Any thread. */
    public void close() {
        onLoop(() -> end("closed by us"));
    }

    /** Sends {@code farewell} without waiting for its answer, then ends the connection. Any thread. */
    public void close(RtspRequest farewell) {
        onLoop(() -> {
            if (ending || closed || !channel.isWritable()) {
                end("closed by us");
                return;
            }
            ending = true;
            reason = "closed by us";
            channel.writeAndFlush(Unpooled.wrappedBuffer(farewell.encode(++lastCseq)))
                    .addListener(ChannelFutureListener.CLOSE);
            // A camera that has stopped reading would keep us.
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /** Blocks until the connection is over, at most {@code patience} of real time, whatever interrupts. */
    public boolean awaitClosed(Duration patience) {
        return channel.closeFuture().awaitUninterruptibly(patience.toMillis());
    }

    private boolean onLoop(Runnable task) {
        try {
            if (channel.eventLoop().inEventLoop()) {
                task.run();
            } else {
                channel.eventLoop().execute(task);
            }
            return true;
        } catch (RejectedExecutionException e) {
            // The loop has ended, and with it the channel.
            return false;
        }
    }

    private void end(String why) {
        if (!ending) {
            reason = why;
        }
        ending = true;
        channel.close();
    }

    private void answered(RtspResponse response) {
        OptionalInt cseq = response.headers().number("CSeq");
        CompletableFuture<RtspResponse> answer = cseq.isPresent() ? pending.remove(cseq.getAsInt()) : null;
        // Cameras that forget or garble the number answer in order.
        boolean garbled = cseq.isEmpty() || cseq.getAsInt() > lastCseq || cseq.getAsInt() == 0;
        Iterator<CompletableFuture<RtspResponse>> oldest = pending.values().iterator();
        if (answer == null && garbled && oldest.hasNext()) {
            answer = oldest.next();
            oldest.remove();
        }
        if (answer != null) {
            answer.complete(response);
        }
    }

    private void asked(RtspRequest request) {
        RtspResponse answer = switch (request.method()) {
            case "OPTIONS" -> new RtspResponse(200, "OK").with("Public", PUBLIC);
            case "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE" -> new RtspResponse(200, "OK");
            default -> new RtspResponse(405, "Method Not Allowed").with("Allow", PUBLIC);
        };
        Optional<String> cseq = request.headers().first("CSeq");
        if (cseq.isPresent()) {
            answer = answer.with("CSeq", cseq.get());
        }
        if (channel.isWritable()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(answer.encode()), channel.voidPromise());
        } else {
            end("the camera asks and does not read the answers");
        }
    }

    private final class FrameOutput implements RtspFrames.Output {
        @Override
        public void interleaved(int id, ByteBuffer buffer, int offset, int length) {
            listener.interleaved(id, buffer, offset, length);
        }

        @Override
        public void message(RtspMessage message) {
            switch (message) {
                case RtspResponse response -> answered(response);
                case RtspRequest request -> asked(request);
            }
        }

        @Override
        public void stray(int bytes) {
            listener.stray(bytes);
        }
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            reads.incrementAndGet();
            try {
                if (!ending) {
                    frames.read(bytes.nioBuffer());
                }
            } catch (MalformedException e) {
                end(e.reason());
            } finally {
                bytes.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            listener.readDone();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed = true;
            pending.values().forEach(answer -> answer.completeExceptionally(new RtspClosedException(reason)));
            pending.clear();
            listener.closed(reason);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // What TLS has to complain of comes wrapped.
            if (cause instanceof IOException || cause.getCause() instanceof IOException) {
                String text = String.valueOf(cause.getMessage());
                end(text.contains("reset") ? "connection reset" : "the connection broke");
            } else {
                LOG.error("{}: a connection's handler failed", remote(), cause);
                end("the gateway made a mistake");
            }
        }
    }
}
