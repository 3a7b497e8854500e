package oriel.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import oriel.metrics.Drops;

/**
 * One UDP port for all viewers. With epoll each loop has a socket of its own on that port and the kernel keeps each
 * viewer's datagrams on one of them; elsewhere one loop has the only socket. Opened and closed by its owner.
 */
public final class UdpMux implements AutoCloseable {
    /** Larger than any datagram that an honest viewer sends: a full Ethernet frame. */
    private static final int MAX_DATAGRAM = 2048;

    private static final int SOCKET_BUFFER = 4 << 20;

    /** What may wait for one socket; at half of it again it takes more. */
    public static final int MAX_WAITING_BYTES = 1 << 20;

    private static final WriteBufferWaterMark OUTBOUND =
            new WriteBufferWaterMark(MAX_WAITING_BYTES / 2, MAX_WAITING_BYTES);

    private final List<Channel> channels;
    private final List<Handler> handlers;

    private UdpMux(List<Channel> channels, List<Handler> handlers) {
        this.channels = channels;
        this.handlers = handlers;
    }

    /**
     * Binds the port on all loops that can share it. Blocks until bound.
     *
     * @param listen port 0 takes any free one
     * @param drops counts what the sockets throw away
     * @throws IOException if the port is taken or not ours to have
     */
    public static UdpMux open(MediaLoops loops, InetSocketAddress listen, DatagramRouter router, Drops drops)
            throws IOException {
        List<Channel> channels = new ArrayList<>();
        List<Handler> handlers = new ArrayList<>();
        InetSocketAddress address = listen;
        if (loops.epoll()) {
            requireAlone(listen);
        }
        boolean segments = loops.epoll() && SegmentationProbe.works(loops.all().getFirst());
        try {
            for (NettyLoop loop : loops.epoll() ? loops.all() : loops.all().subList(0, 1)) {
                Handler handler = new Handler(loop, router, drops, segments);
                Channel channel = bind(loops, loop, address, handler);
                channels.add(channel);
                handlers.add(handler);
                address = new InetSocketAddress(
                        listen.getAddress(), ((InetSocketAddress) channel.localAddress()).getPort());
            }
            return new UdpMux(channels, handlers);
        } catch (IOException e) {
            channels.forEach(channel -> channel.close().awaitUninterruptibly());
            throw e;
        }
    }

    // Our sockets share the port with each other, and the kernel would let another Oriel of the same user share it
    // too and take half of our viewers' datagrams. A socket that shares with nobody finds out.
    private static void requireAlone(InetSocketAddress listen) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.bind(listen);
        } catch (IOException e) {
            throw new IOException("cannot bind UDP " + listen + ": " + e.getMessage(), e);
        }
    }

    private static Channel bind(MediaLoops loops, NettyLoop loop, InetSocketAddress address, Handler handler)
            throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.events())
                .channel(loops.datagramChannel())
                .handler(handler)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, OUTBOUND)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
        if (loops.epoll()) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM);
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM * 16));
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        throw new IOException(
                "cannot bind UDP " + address + ": " + bound.cause().getMessage(), bound.cause());
    }

    /** The sockets, one a loop. */
    public List<Datagrams> sockets() {
        return List.copyOf(handlers);
    }

    /** The socket on {@code loop}, or the only one there is. */
    public Datagrams socket(MediaLoop loop) {
        return handlers.get(loop.index() % handlers.size());
    }

    /** The port that was bound. */
    public int port() {
        return handlers.getFirst().local().getPort();
    }

    @Override
    public void close() {
        // What tasks before this one have written still leaves.
        handlers.forEach(handler -> handler.loop.execute(handler.flush));
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
    }

    /** One socket's end of the pipeline. */
    private static final class Handler extends SimpleChannelInboundHandler<DatagramPacket> implements Datagrams {
        private final NettyLoop loop;
        private final DatagramRouter router;
        private final Drops drops;
        private final boolean segments;
        private final byte[] received = new byte[MAX_DATAGRAM];
        private final Runnable flush = this::flush;
        private Channel channel;
        private Outbox outbox;
        private boolean flushAsked;

        @SuppressWarnings("NullAway.Init") // The channel is there before anything is asked of this.
        Handler(NettyLoop loop, DatagramRouter router, Drops drops, boolean segments) {
            this.loop = loop;
            this.router = router;
            this.drops = drops;
            this.segments = segments;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
            outbox = new Outbox(channel, drops, segments);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            int length = content.readableBytes();
            if (length > MAX_DATAGRAM || length == 0) {
                drops.count("udp-length");
                return;
            }
            content.readBytes(received, 0, length);
            router.datagram(this, packet.sender(), received, length);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP answer to one viewer's address surfaces here; the socket is everybody's and stays.
            drops.count("udp-error");
        }

        @Override
        public MediaLoop loop() {
            return loop;
        }

        @Override
        public InetSocketAddress local() {
            return (InetSocketAddress) channel.localAddress();
        }

        @Override
        public byte[] staging() {
            return outbox.staging();
        }

        @Override
        public int reserve(int maxLength) {
            return outbox.reserve(maxLength);
        }

        @Override
        public void commit(InetSocketAddress remote, int length) {
            outbox.commit(remote, length);
            // What waits for the end of a turn counts against the bound of the socket. A key frame for many viewers
            // would fill it although the kernel would take it all, so some of it leaves at once.
            if (outbox.isLoaded()) {
                outbox.flush();
            } else if (!flushAsked) {
                flushAsked = true;
                // After the tasks that wait now, so that the last packets of all viewers leave by one call.
                loop.execute(flush);
            }
        }

        @Override
        public boolean writable() {
            return channel.isWritable();
        }

        private void flush() {
            flushAsked = false;
            outbox.flush();
        }
    }
}
