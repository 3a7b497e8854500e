package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.metrics.Drops;

@Timeout(30)
class UdpMuxTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final DatagramRouter NOBODY = (socket, remote, data, length) -> {};

    private final MediaLoops loops = MediaLoops.open(2);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void open_portOfAnotherMux_isRefused() throws IOException {
        try (UdpMux first = open(ANY)) {
            InetSocketAddress taken = new InetSocketAddress("127.0.0.1", first.port());

            assertThatThrownBy(() -> open(taken))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(taken.getPort()));
        }
    }

    @Test
    void open_portOfAnotherSocket_isRefusedUntilItCloses() throws IOException {
        InetSocketAddress address;
        try (DatagramSocket other = new DatagramSocket(ANY)) {
            address = new InetSocketAddress("127.0.0.1", other.getLocalPort());
            assertThatThrownBy(() -> open(address)).isInstanceOf(IOException.class);
        }
        try (UdpMux mux = open(address)) {
            assertThat(mux.port()).isEqualTo(address.getPort());
        }
    }

    @Test
    void send_ofMuchMoreThanTheBoundInOneTask_staysWritableWhileTheKernelTakesIt() throws IOException {
        try (DatagramSocket viewer = new DatagramSocket(ANY);
                UdpMux mux = open(ANY)) {
            Datagrams socket = mux.sockets().getFirst();
            InetSocketAddress remote = (InetSocketAddress) viewer.getLocalSocketAddress();
            CompletableFuture<Integer> refusedAt = new CompletableFuture<>();
            // A key frame of 60 kB for 100 viewers.
            socket.loop().execute(() -> {
                int sent = 0;
                while (sent < 5000 && socket.writable()) {
                    socket.send(remote, new byte[1200], 0, 1200);
                    sent++;
                }
                refusedAt.complete(sent);
            });
            assertThat(refusedAt.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(5000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_manyToOne_arriveEachByItself(boolean portable) throws Exception {
        try (MediaLoops group = portable ? MediaLoops.openPortable(1) : MediaLoops.open(1);
                UdpMux mux = UdpMux.open(group, ANY, NOBODY, new Drops());
                DatagramSocket viewer = new DatagramSocket(ANY)) {
            viewer.setSoTimeout(20_000);
            Datagrams socket = mux.sockets().getFirst();
            InetSocketAddress remote = (InetSocketAddress) viewer.getLocalSocketAddress();
            socket.loop().execute(() -> {
                for (int i = 0; i < 60; i++) {
                    byte[] datagram = new byte[i % 20 == 19 ? 300 : 1200];
                    Arrays.fill(datagram, (byte) i);
                    socket.send(remote, datagram, 0, datagram.length);
                }
            });

            for (int i = 0; i < 60; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                viewer.receive(packet);
                assertThat(packet.getLength()).isEqualTo(i % 20 == 19 ? 300 : 1200);
                assertThat(packet.getData()[0]).isEqualTo((byte) i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void send_singleBehindATrainOfShorterOnes_staysWhole(String host) throws Exception {
        InetSocketAddress any = new InetSocketAddress("::", 0);
        try (UdpMux mux = open(any);
                DatagramSocket viewer = new DatagramSocket(new InetSocketAddress(host, 0))) {
            viewer.setSoTimeout(20_000);
            Datagrams socket = mux.sockets().getFirst();
            InetSocketAddress remote = (InetSocketAddress) viewer.getLocalSocketAddress();
            int[] lengths = {300, 300, 300, 1200, 500, 500, 1100, 800, 800};
            socket.loop().execute(() -> {
                for (int length : lengths) {
                    socket.send(remote, new byte[length], 0, length);
                }
            });

            for (int length : lengths) {
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                viewer.receive(packet);
                assertThat(packet.getLength()).isEqualTo(length);
            }
        }
    }

    @Test
    void serve_addressOfItsOwn_answersFromIt_andIsLetGo() throws Exception {
        InetAddress one = InetAddress.ofLiteral("127.0.0.1");
        InetAddress two = InetAddress.ofLiteral("127.0.0.2");
        DatagramRouter echo = (socket, remote, data, length) -> socket.send(remote, data, 0, length);
        try (UdpMux mux = UdpMux.open(loops, new InetSocketAddress(0), echo, new Drops());
                DatagramSocket viewer = new DatagramSocket(ANY)) {
            Assumptions.assumeTrue(loops.epoll(), "without epoll the wildcard answers for all");
            viewer.setSoTimeout(20_000);
            // The wildcard answers from where the kernel likes.
            assertThat(answers(viewer, two, mux.port())).isEqualTo(one);
            assertThat(mux.serve(List.of(one, two))).isTrue();
            assertThat(mux.served()).containsExactlyInAnyOrder(one, two);
            assertThat(answers(viewer, two, mux.port())).isEqualTo(two);
            assertThat(answers(viewer, one, mux.port())).isEqualTo(one);
            assertThat(mux.socket(loops.all().getFirst(), Optional.of(two)).bound())
                    .contains(two);
            mux.serve(List.of(one));
            assertThat(answers(viewer, two, mux.port())).isEqualTo(one);
            assertThat(mux.socket(loops.all().getFirst(), Optional.of(two)).bound())
                    .isEmpty();
            // An address that this machine has not.
            assertThat(mux.serve(List.of(one, InetAddress.ofLiteral("203.0.113.200"))))
                    .isFalse();
            assertThat(mux.served()).containsExactly(one);
        }
    }

    private static InetAddress answers(DatagramSocket viewer, InetAddress asked, int port) throws IOException {
        viewer.send(new DatagramPacket(new byte[] {1}, 1, asked, port));
        DatagramPacket answer = new DatagramPacket(new byte[10], 10);
        viewer.receive(answer);
        return answer.getAddress();
    }

    private UdpMux open(InetSocketAddress address) throws IOException {
        return UdpMux.open(loops, address, NOBODY, new Drops());
    }
}
