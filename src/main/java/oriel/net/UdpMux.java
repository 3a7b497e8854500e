package oriel.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AddressText;
import oriel.metrics.Drops;

/**
 * One UDP port for all viewers. With epoll each loop has a socket of its own on that port and the kernel keeps each
 * viewer's datagrams on one of them; elsewhere one loop has the only socket. Opened and closed by its owner.
 *
 * <p>A socket on the wildcard answers from whichever address the kernel likes, which on a machine with several need not be
 * the one that was asked; a viewer takes no such answer. So {@link #serve} gives addresses sockets of their own, which the
 * kernel prefers; the wildcard is left with what has none. (Where there is no epoll it is left with everything.)
 */
public final class UdpMux implements AutoCloseable {
    /** Most addresses that have sockets of their own; the others share the wildcard's. */
    public static final int MAX_ADDRESSES = 32;

    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** Larger than any datagram that an honest viewer sends: a full Ethernet frame. */
    static final int MAX_DATAGRAM = 2048;

    private static final int SOCKET_BUFFER = 4 << 20;

    /** What may wait for one socket; at half of it again it takes more. */
    public static final int MAX_WAITING_BYTES = 1 << 20;

    private static final WriteBufferWaterMark OUTBOUND =
            new WriteBufferWaterMark(MAX_WAITING_BYTES / 2, MAX_WAITING_BYTES);

    private final MediaLoops loops;
    private final DatagramRouter router;
    private final Drops drops;
    private final boolean segments;
    private final Group main;
    private final boolean wildcard;
    private volatile Map<InetAddress, Group> served = Map.of(); // replaced as a whole, guarded by this
    private boolean closed; // guarded by this

    private UdpMux(MediaLoops loops, InetSocketAddress listen, DatagramRouter router, Drops drops) throws IOException {
        this.loops = loops;
        this.router = router;
        this.drops = drops;
        if (loops.epoll()) {
            requireAlone(listen);
        }
        this.segments = loops.epoll() && SegmentationProbe.works(loops.all().getFirst());
        this.wildcard = listen.getAddress().isAnyLocalAddress();
        this.main = group(listen);
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
        return new UdpMux(loops, listen, router, drops);
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

    private Group group(InetSocketAddress listen) throws IOException {
        List<Channel> channels = new ArrayList<>();
        List<Handler> handlers = new ArrayList<>();
        InetSocketAddress address = listen;
        try {
            for (NettyLoop loop : loops.epoll() ? loops.all() : loops.all().subList(0, 1)) {
                Handler handler = new Handler(loop, listen.getAddress(), router, drops, segments);
                Channel channel = bind(loops, loop, address, handler);
                channels.add(channel);
                handlers.add(handler);
                address = new InetSocketAddress(
                        listen.getAddress(), ((InetSocketAddress) channel.localAddress()).getPort());
            }
            return new Group(channels, handlers);
        } catch (IOException e) {
            channels.forEach(channel -> channel.close().awaitUninterruptibly());
            throw e;
        }
    }

    /**
     * Gives these addresses sockets of their own, as far as they can be bound, and closes those of others. Does nothing where
     * the port is one address's alone, or without epoll. Blocks; any thread but a loop.
     *
     * @param addresses of this machine, the first {@value #MAX_ADDRESSES} of which count
     * @return whether each address has its sockets now
     */
    public synchronized boolean serve(Collection<InetAddress> addresses) {
        if (closed || !wildcard || !loops.epoll()) {
            return true;
        }
        Set<InetAddress> wanted = addresses.stream().limit(MAX_ADDRESSES).collect(Collectors.toSet());
        Map<InetAddress, Group> now = new HashMap<>(served);
        boolean all = true;
        for (InetAddress address : wanted) {
            if (!now.containsKey(address)) {
                try {
                    now.put(address, group(new InetSocketAddress(address, port())));
                } catch (IOException e) {
                    // An IPv6 address that is not usable yet, or one that has gone again.
                    LOG.debug("{}: {}", AddressText.host(address), e.getMessage());
                    all = false;
                }
            }
        }
        List<Group> gone = now.entrySet().stream()
                .filter(entry -> !wanted.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        now.keySet().retainAll(wanted);
        served = Map.copyOf(now);
        gone.forEach(Group::close);
        return all;
    }

    /** The addresses that have sockets of their own. */
    public Set<InetAddress> served() {
        return served.keySet();
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
                .option(ChannelOption.RECVBUF_ALLOCATOR, loop.datagrams());
        if (loops.epoll()) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM);
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        throw new IOException(
                "cannot bind UDP " + address + ": " + bound.cause().getMessage(), bound.cause());
    }

    /** The sockets that any address is served by, one a loop. */
    public List<Datagrams> sockets() {
        return List.copyOf(main.handlers());
    }

    /** The socket on {@code loop}, or the only one there is. */
    public Datagrams socket(MediaLoop loop) {
        return main.on(loop);
    }

    /** The socket on {@code loop} that sends from {@code local}; while there is none, the one that sends from any. */
    public Datagrams socket(MediaLoop loop, Optional<InetAddress> local) {
        Group group = local.isEmpty() ? null : served.get(local.get());
        return group == null ? main.on(loop) : group.on(loop);
    }

    /** The port that was bound. */
    public int port() {
        return main.handlers().getFirst().local().getPort();
    }

    @Override
    public synchronized void close() {
        closed = true;
        served.values().forEach(Group::close);
        served = Map.of();
        main.close();
    }

    /** The sockets of one address, one a loop. */
    private record Group(List<Channel> channels, List<Handler> handlers) {
        Handler on(MediaLoop loop) {
            return handlers.get(loop.index() % handlers.size());
        }

        void close() {
            // What tasks before this one have written still leaves.
            handlers.forEach(handler -> handler.loop.execute(handler.flush));
            channels.forEach(channel -> channel.close().awaitUninterruptibly());
        }
    }

    /** One socket's end of the pipeline. */
    private static final class Handler extends SimpleChannelInboundHandler<DatagramPacket> implements Datagrams {
        private final NettyLoop loop;
        private final Optional<InetAddress> bound;
        private final DatagramRouter router;
        private final Drops drops;
        private final boolean segments;
        private final byte[] received = new byte[MAX_DATAGRAM];
        private final Runnable flush = this::flush;
        private Channel channel;
        private @Nullable Outbox outbox; // of sockets that never send there are many
        private boolean flushAsked;

        @SuppressWarnings("NullAway.Init") // The channel is there before anything is asked of this.
        Handler(NettyLoop loop, InetAddress address, DatagramRouter router, Drops drops, boolean segments) {
            this.loop = loop;
            this.bound = address.isAnyLocalAddress() ? Optional.empty() : Optional.of(address);
            this.router = router;
            this.drops = drops;
            this.segments = segments;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        private Outbox outbox() {
            Outbox made = outbox;
            if (made == null) {
                made = new Outbox(channel, drops, segments);
                outbox = made;
            }
            return made;
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
        public Optional<InetAddress> bound() {
            return bound;
        }

        @Override
        public byte[] staging() {
            return outbox().staging();
        }

        @Override
        public int reserve(InetSocketAddress remote, int maxLength) {
            return outbox().reserve(remote, maxLength);
        }

        @Override
        public void commit(int length) {
            Outbox box = outbox();
            box.commit(length);
            // What waits for the end of a turn counts against the bound of the socket. A key frame for many viewers
            // would fill it although the kernel would take it all, so some of it leaves at once.
            if (box.isLoaded()) {
                box.flush();
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

        @Override
        public boolean open() {
            return channel.isOpen();
        }

        private void flush() {
            flushAsked = false;
            if (outbox != null) {
                outbox.flush();
            }
        }
    }
}
