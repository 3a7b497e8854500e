package oriel.testing.impair;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A relay on loopback that is a bad network: what a viewer sends to {@link #front} goes on to the server, from a port of that
 * viewer's own, and what comes back there goes back to it. Each viewer has a lane for each direction. One thread; close it
 * behind the viewers.
 */
public final class UdpImpairer implements AutoCloseable {
    private static final int MAX_VIEWERS = 64;
    private static final int SOCKET_BYTES = 1 << 20;

    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress server;
    private final long seed;
    private final Thread thread;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);
    private final Map<InetSocketAddress, Viewer> viewers = new HashMap<>(); // of the thread
    private volatile Impairment up = Impairment.NONE;
    private volatile Impairment down = Impairment.NONE;
    private volatile long lost;
    private volatile boolean closed;

    private record Viewer(InetSocketAddress address, DatagramChannel back, ImpairedLane up, ImpairedLane down) {}

    private UdpImpairer(InetSocketAddress server, long seed) throws IOException {
        this.server = server;
        this.seed = seed;
        this.selector = Selector.open();
        this.front = open();
        this.thread = Thread.ofPlatform().daemon().name("impairer").start(this::run);
    }

    /** A good network in front of {@code server}, for now. */
    public static UdpImpairer before(InetSocketAddress server, long seed) throws IOException {
        return new UdpImpairer(server, seed);
    }

    /** Where viewers are to go instead of to the server. */
    public InetSocketAddress front() {
        try {
            return (InetSocketAddress) front.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happens from now on to what viewers send, and to what they are sent. */
    public void impair(Impairment toServer, Impairment toViewers) {
        up = toServer;
        down = toViewers;
    }

    /** An answer whose only candidate is this relay. */
    public String rewrite(String answer) {
        StringBuilder text = new StringBuilder();
        boolean written = false;
        for (String line : answer.lines().toList()) {
            if (!line.startsWith("a=candidate:")) {
                text.append(line).append("\r\n");
            } else if (!written) {
                written = true;
                text.append("a=candidate:1 1 udp 2130706431 127.0.0.1 ")
                        .append(front().getPort())
                        .append(" typ host\r\n");
            }
        }
        return text.toString();
    }

    /** An offer that names no address of the viewer's, so that the server knows the relay only. */
    public static String withoutCandidates(String offer) {
        StringBuilder text = new StringBuilder();
        offer.lines()
                .filter(line -> !line.startsWith("a=candidate:"))
                .forEach(line -> text.append(line).append("\r\n"));
        return text.toString();
    }

    /** Packets to viewers that vanished so far. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(pause());
                selector.selectedKeys().clear();
                read(System.nanoTime());
                write(System.nanoTime());
            }
            front.close();
            for (Viewer viewer : viewers.values()) {
                viewer.back.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long pause() {
        long next = Long.MAX_VALUE;
        for (Viewer viewer : viewers.values()) {
            next = Math.min(next, viewer.up.next().orElse(Long.MAX_VALUE));
            next = Math.min(next, viewer.down.next().orElse(Long.MAX_VALUE));
        }
        OptionalLong at = next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
        return at.isEmpty() ? 100 : Math.clamp((at.getAsLong() - System.nanoTime()) / 1_000_000, 1, 100);
    }

    private void read(long now) throws IOException {
        for (InetSocketAddress from = receive(front); from != null; from = receive(front)) {
            Viewer viewer = viewers.get(from);
            if (viewer == null && viewers.size() < MAX_VIEWERS) {
                long number = seed + 2L * viewers.size();
                viewer = new Viewer(from, open(), new ImpairedLane(number, up), new ImpairedLane(number + 1, down));
                viewers.put(from, viewer);
            }
            if (viewer != null) {
                viewer.up.impair(up);
                viewer.up.offer(packet(), now);
            }
        }
        long vanished = 0;
        for (Viewer viewer : viewers.values()) {
            viewer.down.impair(down);
            while (receive(viewer.back) != null) {
                viewer.down.offer(packet(), now);
            }
            vanished += viewer.down.lost();
        }
        lost = vanished;
    }

    private void write(long now) throws IOException {
        for (Viewer viewer : viewers.values()) {
            for (byte[] packet : viewer.up.take(now)) {
                send(viewer.back, packet, server);
            }
            for (byte[] packet : viewer.down.take(now)) {
                send(front, packet, viewer.address);
            }
        }
    }

    private @Nullable InetSocketAddress receive(DatagramChannel channel) {
        buffer.clear();
        try {
            return (InetSocketAddress) channel.receive(buffer);
        } catch (IOException e) {
            return null; // The other side has gone: as on a network, that is no news.
        }
    }

    private byte[] packet() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static void send(DatagramChannel channel, byte[] packet, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(packet), to);
        } catch (IOException e) {
            // Lost, as on a network.
        }
    }
}
