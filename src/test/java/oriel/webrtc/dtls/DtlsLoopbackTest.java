package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;

/** Both engines over real UDP. */
@Timeout(60)
class DtlsLoopbackTest {
    private static final DtlsCertificate VIEWER = DtlsCertificate.generate(ServerProbe.RANDOM, Instant.now());

    private final TrackedThreads threads = new TrackedThreads();

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        threads.assertAllEnded();
    }

    private record Side(
            DatagramSocket socket,
            SocketAddress peer,
            CompletableFuture<DtlsResult> connection,
            CompletableFuture<Boolean> end)
            implements DtlsListener {
        Side(DatagramSocket socket, SocketAddress peer) {
            this(socket, peer, new CompletableFuture<>(), new CompletableFuture<>());
        }

        void readInto(DtlsEngine engine) {
            byte[] buffer = new byte[4096];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            while (!socket.isClosed()) {
                try {
                    socket.receive(packet);
                    engine.receive(Arrays.copyOf(buffer, packet.getLength()));
                } catch (IOException e) {
                    assertThat(socket.isClosed()).isTrue();
                }
            }
        }

        @Override
        public void send(byte[] datagram) {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, peer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void connected(DtlsResult result) {
            connection.complete(result);
        }

        @Override
        public void failed(String reason) {
            connection.completeExceptionally(new AssertionError(reason));
        }

        @Override
        public void closed() {
            end.complete(true);
        }
    }

    @Test
    void engines_overUdp_agreeAndSayGoodbye() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket one = new DatagramSocket(0, here);
                DatagramSocket other = new DatagramSocket(0, here)) {
            Side server = new Side(one, other.getLocalSocketAddress());
            Side client = new Side(other, one.getLocalSocketAddress());
            Clock clock = Clock.system();
            DtlsEngine serving = new DtlsAcceptor(
                            ServerProbe.CERTIFICATE, ServerProbe.RANDOM, clock, new HandshakeLimit(1), threads)
                    .accept(List.of(VIEWER.fingerprint()), server)
                    .orElseThrow();
            threads.execute(() -> server.readInto(serving));
            DtlsEngine connecting = new DtlsConnector(VIEWER, ServerProbe.RANDOM, clock, threads)
                    .connect(List.of(ServerProbe.CERTIFICATE.fingerprint()), SrtpProfiles.PREFERRED, client);
            threads.execute(() -> client.readInto(connecting));

            DtlsResult ours = server.connection().get(10, TimeUnit.SECONDS);
            assertThat(client.connection().get(10, TimeUnit.SECONDS).exporter()).isEqualTo(ours.exporter());
            connecting.close();
            assertThat(server.end().get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(client.end().get(10, TimeUnit.SECONDS)).isTrue();
            serving.close();
        }
    }
}
