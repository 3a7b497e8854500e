package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.net.MediaLoops;
import oriel.rtp.RtcpPacket;
import oriel.testing.Skipped;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;
import oriel.webrtc.Offer;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.TransactionId;

/** One port for all peers: who gets a datagram, and who gets nothing. */
@Timeout(60)
class PeerHostTest {
    private final ExecutorService dtls = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private MediaLoops loops;
    private PeerHost host;
    private DatagramSocket socket;
    private RtpViewer viewer;

    @BeforeEach
    void open() throws Exception {
        loops = MediaLoops.open(2);
        host = PeerHost.open(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new SecureRandom(),
                Clock.system(),
                dtls,
                new Drops());
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(20_000);
        viewer = RtpViewer.of(ViewerOffer.PICTURE).open();
    }

    @AfterEach
    void close() throws InterruptedException {
        viewer.close();
        socket.close();
        host.close();
        dtls.shutdownNow();
        assertThat(dtls.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        loops.close();
    }

    private Peer peer() throws Exception {
        return host.open(Offer.parse(viewer.offer()), new PeerEvents() {
            @Override
            public void connected(Peer peer) {}

            @Override
            public void rtcp(List<RtcpPacket> packets) {}

            @Override
            public void ended(String reason) {
                ends.add(reason);
            }
        });
    }

    private void send(byte[] datagram) throws Exception {
        socket.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), host.port()));
    }

    private byte[] check(Peer peer, String ufrag, Secret password) {
        return new StunBuilder(StunClass.REQUEST, new TransactionId(1, 2))
                .username(ufrag + ":x")
                .priority(1)
                .role(IceRole.CONTROLLING, 7)
                .build(new StunIntegrity(password));
    }

    private StunMessage receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        socket.receive(packet);
        return StunMessage.parse(packet.getData(), 0, packet.getLength());
    }

    @Test
    void check_isGivenToThePeerWithItsName_andAnswered() throws Exception {
        peer();
        Peer second = peer();
        send(check(second, second.credentials().ufrag(), second.credentials().password()));
        StunMessage answer = receive();
        assertThat(answer.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(answer.mappedAddress()).contains((InetSocketAddress) socket.getLocalSocketAddress());
        assertThat(new StunIntegrity(second.credentials().password()).verifies(answer))
                .isTrue();
    }

    @Test
    void unknownNames_andAddresses_areCounted_andGetNoAnswer() throws Exception {
        Peer peer = peer();
        send(check(peer, "nobodyhere", peer.credentials().password()));
        send(new byte[] {22, 1, 2, 3});
        send(new byte[] {(byte) 0x80, 96, 0, 1});
        byte[] response = new StunBuilder(StunClass.SUCCESS, new TransactionId(5, 5)).build();
        send(response);
        // The one that is answered proves that those before it were not.
        send(check(peer, peer.credentials().ufrag(), peer.credentials().password()));
        assertThat(receive().messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(host.drops().snapshot()).containsEntry("unknown-address", 3L).containsEntry("stun-unknown", 1L);
    }

    @Test
    void wrongPassword_getsNoAnswer_thatAViewerWouldTakeForOurs() throws Exception {
        Peer peer = peer();
        send(check(peer, peer.credentials().ufrag(), Secret.of("WrongWrongWrongWrongWrong")));
        send(check(peer, peer.credentials().ufrag(), peer.credentials().password()));
        StunMessage first = receive();
        StunMessage counted = first.messageClass() == StunClass.SUCCESS ? first : receive();
        assertThat(counted.messageClass()).isEqualTo(StunClass.SUCCESS);
        while (!peer.drops().containsKey("ice-bad-integrity")) {
            Thread.onSpinWait(); // told at the next timer
        }
    }

    @Test
    void address_thatComesAndGoesAfterTheStart_answersFromItselfWhileItIsThere() throws Exception {
        InetAddress fresh = InetAddress.ofLiteral("127.0.43.21");
        try (PeerHost everywhere =
                PeerHost.open(loops, new InetSocketAddress(0), new SecureRandom(), Clock.system(), dtls, new Drops())) {
            assertThat(everywhere.addresses().used()).doesNotContain(fresh);
            if (!loops.epoll() || !address("add", fresh)) {
                throw Skipped.because("a new address of this machine", "it takes Linux, root and ip(8)");
            }
            try {
                assertThat(everywhere.addresses().used()).contains(fresh);
                Peer peer = everywhere.open(Offer.parse(viewer.offer()), new Silent());
                byte[] check = check(
                        peer, peer.credentials().ufrag(), peer.credentials().password());
                DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
                socket.send(new DatagramPacket(check, check.length, fresh, everywhere.port()));
                socket.receive(answer);
                assertThat(answer.getAddress()).isEqualTo(fresh);
            } finally {
                address("del", fresh);
            }
            assertThat(everywhere.addresses().used()).doesNotContain(fresh);
        }
    }

    private static boolean address(String verb, InetAddress address) throws Exception {
        try {
            return new ProcessBuilder("ip", "address", verb, address.getHostAddress() + "/32", "dev", "lo")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Silent implements PeerEvents {
        @Override
        public void connected(Peer peer) {}

        @Override
        public void rtcp(List<RtcpPacket> packets) {}

        @Override
        public void ended(String reason) {}
    }

    @Test
    void tcpConnection_belongsToWhosePasswordItProves_andEndsWithHim() throws Exception {
        Peer peer = peer();
        byte[] check =
                check(peer, peer.credentials().ufrag(), peer.credentials().password());
        try (Socket connection = connect(check)) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            byte[] answer = in.readNBytes(in.readUnsignedShort());
            StunMessage message = StunMessage.parse(answer, 0, answer.length);
            assertThat(message.messageClass()).isEqualTo(StunClass.SUCCESS);
            assertThat(message.mappedAddress()).contains((InetSocketAddress) connection.getLocalSocketAddress());
            assertThat(new StunIntegrity(peer.credentials().password()).verifies(message))
                    .isTrue();
            assertThat(host.tcpConnections()).isOne();
            peer.close("enough");
            while (in.read() >= 0) {
                // Our check, and then the end.
            }
        }
        awaitNoConnection();
    }

    @Test
    void tcpConnection_thatProvesNothing_isClosed_andCountedByReason() throws Exception {
        Peer peer = peer();
        String name = peer.credentials().ufrag();
        Secret wrong = Secret.of("WrongWrongWrongWrongWrong");
        byte[] unsigned = new StunBuilder(StunClass.REQUEST, new TransactionId(1, 2))
                .username(name + ":x")
                .build();
        for (byte[] first : List.of(
                check(peer, "nobodyhere", peer.credentials().password()),
                check(peer, name, wrong),
                unsigned,
                new byte[] {22, 1, 2, 3},
                new byte[] {(byte) 0x80, 96, 0, 1})) {
            try (Socket connection = connect(first)) {
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            }
        }
        awaitNoConnection();
        assertThat(host.drops().snapshot())
                .containsEntry("tcp-unknown-name", 1L)
                .containsEntry("tcp-integrity", 2L)
                .containsEntry("tcp-not-a-check", 2L);
        assertThat(peer.remote()).isEmpty();
    }

    private Socket connect(byte[] first) throws Exception {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), host.port());
        connection.setSoTimeout(20_000);
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(first.length);
        out.write(first);
        out.flush();
        return connection;
    }

    private void awaitNoConnection() {
        Awaitility.await("no connection").atMost(Duration.ofSeconds(20)).until(() -> host.tcpConnections() == 0);
    }

    @Test
    void unconnected_areBounded_andEndedOnesMakeRoom() throws Exception {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < PeerHost.MAX_UNCONNECTED; i++) {
            peers.add(peer());
        }
        assertThatThrownBy(this::peer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("256 viewers are connecting already");
        assertThat(host.drops().of("unconnected-full")).isEqualTo(1);
        peers.getFirst().close("enough");
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("enough");
        peer();
        host.closePeers();
        for (int i = 0; i < PeerHost.MAX_UNCONNECTED; i++) {
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("Oriel is stopping");
        }
    }
}
