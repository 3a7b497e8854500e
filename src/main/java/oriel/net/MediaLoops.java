package oriel.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.metrics.Drops;
import oriel.metrics.Limit;

/**
 * The loops that move media, apart from those that serve HTTP: epoll where the machine has it, NIO elsewhere. Whoever
 * builds the group closes it, after all that lives on it.
 */
public final class MediaLoops implements AutoCloseable {
    /** Tasks that may wait on one loop; a further one is refused. */
    static final int MAX_PENDING_TASKS = 16_384;

    // After this long in tasks a loop looks at its sockets again.
    private static final long MAX_TASK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Drops drops = new Drops();
    private final boolean epoll;
    private final EventLoopGroup group;
    private final List<NettyLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private MediaLoops(boolean epoll, int count) {
        this.epoll = epoll;
        this.group = new Group(count, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        List<NettyLoop> children = new ArrayList<>();
        group.forEach(child -> children.add(new NettyLoop(children.size(), (IoEventLoop) child, drops)));
        this.loops = List.copyOf(children);
        group.terminationFuture().addListener(ended -> loops.forEach(NettyLoop::release));
    }

    /** As many loops as there are cores, at most 4. */
    public static MediaLoops open() {
        return open(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
    }

    /** {@code count} loops. */
    public static MediaLoops open(int count) {
        return new MediaLoops(Epoll.isAvailable(), count);
    }

    /** Loops without native code, as on Windows and macOS. */
    public static MediaLoops openPortable(int count) {
        return new MediaLoops(false, count);
    }

    /** Whether the loops are native, with several sockets on one port and segmented sends. */
    public boolean epoll() {
        return epoll;
    }

    /** What the loops refused. */
    public Drops drops() {
        return drops;
    }

    /** The bounds of the loops. */
    public List<Limit> limits() {
        return List.of(Limit.of(
                        "loops.tasks",
                        MAX_PENDING_TASKS,
                        "tasks waiting on one loop",
                        "A further one is refused; who handed it in is told.")
                .countedBy(drops, NettyLoop.FULL));
    }

    /** All loops; a loop's place is its {@link MediaLoop#index()}. */
    public List<NettyLoop> all() {
        return loops;
    }

    /** A loop for something new, in turn. */
    public NettyLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** The kind of TCP channel that these loops take. */
    public Class<? extends SocketChannel> socketChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** The kind of channel that accepts TCP connections on these loops. */
    public Class<? extends ServerSocketChannel> serverSocketChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** What gives each accepted connection one of the loops, in turn. */
    EventLoopGroup group() {
        return group;
    }

    /** The loop around one of the group's. */
    NettyLoop of(EventLoop events) {
        return loops.stream()
                .filter(loop -> loop.events().equals(events))
                .findFirst()
                .orElseThrow();
    }

    /** The kind of UDP channel that these loops take. */
    public Class<? extends DatagramChannel> datagramChannel() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** Ends the loops, at most 2 s later; what is still registered is closed. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1500, TimeUnit.MILLISECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static final class Group extends MultiThreadIoEventLoopGroup {
        Group(int count, IoHandlerFactory handlers) {
            super(count, new DefaultThreadFactory("media", true), handlers);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
            return new SingleThreadIoEventLoop(
                    this, executor, handlers, MAX_PENDING_TASKS, RejectedExecutionHandlers.reject(), MAX_TASK_NANOS);
        }
    }
}
