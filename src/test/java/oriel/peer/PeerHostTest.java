package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.net.MediaLoops;
import oriel.rtp.RtcpPacket;
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
