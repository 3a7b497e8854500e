package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.metrics.Drops;

/** One TCP port for all viewers: who may stay, for how long, and how much he may take. */
@Timeout(60)
class TcpMuxTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final byte FRIEND = 1;

    private final Drops drops = new Drops();
    private final Door door = new Door();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private MediaLoops loops = MediaLoops.open(2);

    /** Takes connections whose first frame begins with the right byte. */
    private static final class Door implements ConnectionRouter, FrameReceiver {
        final BlockingQueue<FramedConnection> claimed = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<FramedConnection> closed = new LinkedBlockingQueue<>();
        volatile boolean admits = true;

        @Override
        public boolean admits(InetSocketAddress local, InetSocketAddress remote) {
            return admits;
        }

        @Override
        public Optional<FrameReceiver> claim(FramedConnection connection, byte[] frame, int length) {
            if (frame[0] != FRIEND) {
                return Optional.empty();
            }
            claimed.add(connection);
            return Optional.of(this);
        }

        @Override
        public void frame(FramedConnection connection, byte[] frame, int length) {
            frames.add(Arrays.copyOf(frame, length));
        }

        @Override
        public void closed(FramedConnection connection) {
            closed.add(connection);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        loops.close();
    }

    private TcpMux mux(TcpLimits limits) throws IOException {
        TcpMux mux = TcpMux.open(loops, new InetSocketAddress(LOOPBACK, 0), door, limits, drops);
        opened.add(mux);
        return mux;
    }

    private Socket connect(TcpMux mux) throws IOException {
        Socket socket = new Socket(LOOPBACK, mux.port());
        socket.setSoTimeout(20_000);
        opened.add(socket);
        return socket;
    }

    private static void send(Socket socket, int... frame) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(frame.length);
        for (int value : frame) {
            out.write(value);
        }
        out.flush();
    }

    private static byte[] receive(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    /** Whether the other side has closed, by a goodbye or by a reset. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private void awaitCount(String reason, long count) {
        Awaitility.await(reason).atMost(Duration.ofSeconds(20)).until(() -> drops.of(reason) >= count);
    }

    private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(20, TimeUnit.SECONDS)).orElseThrow(() -> new AssertionError("nothing"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void frames_goBothWays_onceTheFirstHasProvedItself(boolean portable) throws Exception {
        if (portable) {
            loops.close();
            loops = MediaLoops.openPortable(2);
        }
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket socket = connect(mux);
        send(socket, FRIEND, 2, 3);
        FramedConnection connection = next(door.claimed);
        assertThat(next(door.frames)).containsExactly(FRIEND, 2, 3);
        connection.send(new byte[] {9, 8, 7, 6}, 1, 2);
        assertThat(receive(socket)).containsExactly(8, 7);
        send(socket, 5);
        assertThat(next(door.frames)).containsExactly(5);
        assertThat(connection.remote()).isEqualTo(socket.getLocalSocketAddress());
        assertThat(mux.strangers()).isZero();
        socket.close();
        assertThat(next(door.closed)).isSameAs(connection);
        assertThat(mux.connections()).isZero();
    }

    @Test
    void media_ofOneTurn_arrivesFrameByFrame_inOrder() throws Exception {
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket socket = connect(mux);
        send(socket, FRIEND);
        FramedConnection connection = next(door.claimed);
        // From another loop than the connection's, as it is when a viewer moves from UDP to TCP.
        MediaLoop other = loops.all().get(1 - connection.loop().index());
        other.execute(() -> {
            Datagrams media = connection.media(other);
            for (int i = 0; i < 200; i++) {
                int at = media.reserve(connection.remote(), 1300);
                Arrays.fill(media.staging(), at, at + 1000 + i, (byte) i);
                media.commit(1000 + i);
            }
        });
        for (int i = 0; i < 200; i++) {
            byte[] frame = receive(socket);
            assertThat(frame).hasSize(1000 + i).containsOnly((byte) i);
        }
    }

    @Test
    void readerThatStops_isFullSoon_andTakesNothingMoreUntilItHasCaughtUp() throws Exception {
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket socket = new Socket();
        opened.add(socket);
        socket.setReceiveBufferSize(64 << 10);
        socket.connect(new InetSocketAddress(LOOPBACK, mux.port()));
        send(socket, FRIEND);
        FramedConnection connection = next(door.claimed);
        MediaLoop loop = connection.loop();
        CompletableFuture<Long> accepted = new CompletableFuture<>();
        loop.execute(() -> pour(connection, loop, 0, accepted));
        long bytes = accepted.get(20, TimeUnit.SECONDS);
        // What waits here, what the kernel has not sent, and what the reader's own buffer holds.
        assertThat(bytes).isLessThan(2 << 20);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                socket.getInputStream().skipNBytes(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.join(20_000);
        Awaitility.await("room again").atMost(Duration.ofSeconds(20)).until(() -> {
            CompletableFuture<Boolean> writable = new CompletableFuture<>();
            loop.execute(() -> writable.complete(connection.media(loop).writable()));
            return writable.get(20, TimeUnit.SECONDS);
        });
    }

    // A turn of 40 kB at a time, as long as there is room.
    private static void pour(FramedConnection connection, MediaLoop loop, long before, CompletableFuture<Long> done) {
        Datagrams media = connection.media(loop);
        long bytes = before;
        for (int i = 0; i < 40; i++) {
            if (!media.writable()) {
                done.complete(bytes);
                return;
            }
            media.reserve(connection.remote(), 1000);
            media.commit(1000);
            bytes += 1002;
        }
        long now = bytes;
        loop.schedule(Duration.ofMillis(1), () -> pour(connection, loop, now, done));
    }

    @Test
    void askerThatReadsNoAnswers_isClosed() throws Exception {
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket socket = connect(mux);
        send(socket, FRIEND);
        FramedConnection connection = next(door.claimed);
        byte[] answer = new byte[2000];
        Awaitility.await("closed").atMost(Duration.ofSeconds(20)).until(() -> {
            for (int i = 0; i < 100; i++) {
                connection.send(answer, 0, answer.length);
            }
            return drops.of("tcp-unread") > 0;
        });
        assertThat(next(door.closed)).isSameAs(connection);
    }

    @Test
    void stranger_whoSaysNothing_orLittleAtATime_isClosedInTime() throws Exception {
        TcpMux mux = mux(new TcpLimits(10, 10, 10, Duration.ofMillis(300)));
        Socket silent = connect(mux);
        Socket slow = connect(mux);
        slow.getOutputStream().write(0);
        slow.getOutputStream().write(100);
        slow.getOutputStream().write(FRIEND);
        assertThat(isClosed(silent)).isTrue();
        assertThat(isClosed(slow)).isTrue();
        awaitCount("tcp-silent", 2);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> mux.connections() == 0);
    }

    @Test
    void garbage_isClosedAtOnce() throws Exception {
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket web = connect(mux);
        web.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(isClosed(web)).isTrue();
        Socket empty = connect(mux);
        empty.getOutputStream().write(new byte[] {0, 0});
        assertThat(isClosed(empty)).isTrue();
        Socket wrong = connect(mux);
        send(wrong, 7, 7, 7);
        assertThat(isClosed(wrong)).isTrue();
        awaitCount("tcp-frame", 2);
        assertThat(door.claimed).isEmpty();
    }

    @Test
    void strangers_tooManyOfOneAddress_theOldestGivesWay_andFriendsStay() throws Exception {
        TcpMux mux = mux(new TcpLimits(100, 100, 3, Duration.ofMinutes(1)));
        Socket friend = connect(mux);
        send(friend, FRIEND);
        FramedConnection kept = next(door.claimed);
        next(door.frames);
        Socket oldest = connect(mux);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> mux.strangers() == 1);
        for (int i = 0; i < 3; i++) {
            connect(mux);
        }
        assertThat(isClosed(oldest)).isTrue();
        assertThat(mux.strangers()).isEqualTo(3);
        awaitCount("tcp-crowded", 1);
        kept.send(new byte[] {4}, 0, 1);
        assertThat(receive(friend)).containsExactly(4);
        // And an honest newcomer is let in.
        send(connect(mux), FRIEND);
        next(door.claimed);
    }

    @Test
    void connections_tooManyInAll_orNotListenedTo_areClosed() throws Exception {
        TcpMux mux = mux(new TcpLimits(1, 10, 10, Duration.ofMinutes(1)));
        Socket first = connect(mux);
        send(first, FRIEND);
        next(door.claimed);
        assertThat(isClosed(connect(mux))).isTrue();
        awaitCount("tcp-full", 1);
        door.admits = false;
        assertThat(isClosed(connect(mux))).isTrue();
        awaitCount("tcp-filtered", 1);
    }

    @Test
    void close_endsAllConnections_andFreesThePort() throws Exception {
        TcpMux mux = mux(TcpLimits.STANDARD);
        Socket friend = connect(mux);
        send(friend, FRIEND);
        next(door.claimed);
        Socket stranger = connect(mux);
        int port = mux.port();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> mux.connections() == 2);
        mux.close();
        next(door.closed);
        assertThat(isClosed(friend)).isTrue();
        assertThat(isClosed(stranger)).isTrue();
        assertThatThrownBy(() -> new Socket(LOOPBACK, port)).isInstanceOf(IOException.class);
    }

    @Test
    void open_portOfAnother_isRefusedInWords() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            InetSocketAddress taken = new InetSocketAddress(LOOPBACK, other.getLocalPort());
            assertThatThrownBy(() -> TcpMux.open(loops, taken, door, TcpLimits.STANDARD, drops))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot bind TCP");
        }
    }
}
