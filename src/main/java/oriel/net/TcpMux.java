package oriel.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.MalformedException;
import oriel.metrics.Drops;

/**
 * One TCP port for all viewers (ICE-TCP, passive: RFC 6544, with the framing of RFC 4571). A connection belongs to nobody
 * until its first frame proves whose it is; it gets seconds for that and a few kilobytes, and is closed otherwise. Opened and
 * closed by its owner.
 */
public final class TcpMux implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** As long as the longest datagram that the UDP port takes. */
    private static final int MAX_FRAME = 2048;

    private static final int READ_BYTES = 4096;
    private static final int BACKLOG = 256;

    // What waits for the kernel to take it. Media stops at the upper mark; what a peer asks for and never reads ends
    // it.
    private static final WriteBufferWaterMark OUTBOUND = new WriteBufferWaterMark(64 << 10, 1 << 20);
    private static final int MAX_UNREAD = 1 << 20;

    // In the kernel, not on its way yet: without this bound its buffer grows to seconds of picture.
    private static final long UNSENT_IN_KERNEL = 64 << 10;
    private static final int PORTABLE_SEND_BUFFER = 256 << 10;
    private static final int UNACKNOWLEDGED_MILLIS = 20_000;

    private final MediaLoops loops;
    private final ConnectionRouter router;
    private final TcpLimits limits;
    private final Drops drops;
    private final TcpStrangers<Connection> strangers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Channel listener;

    private TcpMux(MediaLoops loops, InetSocketAddress listen, ConnectionRouter router, TcpLimits limits, Drops drops)
            throws IOException {
        this.loops = loops;
        this.router = router;
        this.limits = limits;
        this.drops = drops;
        this.strangers = new TcpStrangers<>(limits);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.all().getFirst().events(), loops.group())
                .channel(loops.serverSocketChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUTBOUND)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .childHandler(new Accepting());
        if (loops.epoll()) {
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_IN_KERNEL);
            bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS);
        } else {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, PORTABLE_SEND_BUFFER);
        }
        var bound = bootstrap.bind(listen).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot bind TCP " + listen + ": " + bound.cause().getMessage(), bound.cause());
        }
        this.listener = bound.channel();
    }

    /**
     * Listens. Blocks until bound.
     *
     * @param listen port 0 takes any free one
     * @param drops counts connections that were closed, by reason
     * @throws IOException if the port is taken or not ours to have
     */
    public static TcpMux open(
            MediaLoops loops, InetSocketAddress listen, ConnectionRouter router, TcpLimits limits, Drops drops)
            throws IOException {
        return new TcpMux(loops, listen, router, limits, drops);
    }

    /** The port that was bound. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Connections that are open. */
    public int connections() {
        return strangers.connections();
    }

    /** Of those, the ones that have proved nothing. */
    public int strangers() {
        return strangers.strangers();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        open.forEach(connection -> connection.channel.close().awaitUninterruptibly());
    }

    private final class Accepting extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (channel.remoteAddress() == null) {
                refuse(channel, "tcp-error"); // gone before it was looked at
                return;
            }
            Connection connection = new Connection(channel, loops.of(channel.eventLoop()));
            if (!router.admits(connection.local, connection.remote)) {
                refuse(channel, "tcp-filtered");
                return;
            }
            TcpStrangers.Verdict<Connection> verdict = strangers.came(connection, connection.remote);
            verdict.evicted().ifPresent(oldest -> oldest.end("tcp-crowded"));
            if (!verdict.admitted()) {
                refuse(channel, "tcp-full");
                return;
            }
            open.add(connection);
            channel.pipeline().addLast(connection);
        }

        private void refuse(SocketChannel channel, String reason) {
            drops.count(reason);
            // A stranger costs no TIME_WAIT.
            channel.config().setSoLinger(0);
            channel.close();
        }
    }

    /** One connection; what is not marked belongs to its loop. */
    private final class Connection extends SimpleChannelInboundHandler<ByteBuf> implements FramedConnection {
        private final SocketChannel channel;
        private final NettyLoop loop;
        private final InetSocketAddress local;
        private final InetSocketAddress remote;
        private final FrameSplitter splitter = new FrameSplitter(MAX_FRAME);
        private final byte[] read = new byte[READ_BYTES];
        private MediaLoop.@Nullable Timer patience;
        private @Nullable FrameReceiver receiver;
        private @Nullable TcpOutbox media; // of the loop that sends media
        private boolean over;

        Connection(SocketChannel channel, NettyLoop loop) {
            this.channel = channel;
            this.loop = loop;
            this.local = channel.localAddress();
            this.remote = channel.remoteAddress();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            patience = loop.schedule(limits.patience(), () -> {
                if (receiver == null) {
                    end("tcp-silent");
                }
            });
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) throws MalformedException {
            while (message.isReadable() && !over) {
                int count = Math.min(message.readableBytes(), read.length);
                message.readBytes(read, 0, count);
                splitter.feed(read, 0, count, this::frame);
            }
        }

        private boolean frame(byte[] frame, int length) {
            FrameReceiver known = receiver;
            if (known == null) {
                Optional<FrameReceiver> found = router.claim(this, frame, length);
                if (found.isEmpty()) {
                    channel.close();
                    return false;
                }
                known = found.get();
                receiver = known;
                strangers.proved(this);
                stopPatience();
            }
            known.frame(this, frame, length);
            return !over;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            over = true;
            stopPatience();
            open.remove(this);
            strangers.gone(this);
            FrameReceiver known = receiver;
            if (known != null) {
                known.closed(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("tcp {}: {}", remote, cause.toString());
            end(cause instanceof MalformedException ? "tcp-frame" : "tcp-error");
        }

        private void stopPatience() {
            if (patience != null) {
                patience.cancel();
                patience = null;
            }
        }

        // Any thread.
        private void end(String reason) {
            if (channel.isOpen()) {
                drops.count(reason);
                channel.close();
            }
        }

        @Override
        public MediaLoop loop() {
            return loop;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public void send(byte[] data, int offset, int length) {
            if (!channel.isWritable() && channel.isOpen() && channel.bytesBeforeWritable() > MAX_UNREAD) {
                // It asks and does not read the answers.
                end("tcp-unread");
                return;
            }
            ByteBuf frame = channel.alloc().ioBuffer(FrameSplitter.HEADER_BYTES + length);
            frame.writeShort(length).writeBytes(data, offset, length);
            channel.writeAndFlush(frame, channel.voidPromise());
        }

        @Override
        public Datagrams media(MediaLoop owner) {
            TcpOutbox made = media;
            if (made == null) {
                made = new TcpOutbox(channel, owner);
                media = made;
            }
            return made;
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
