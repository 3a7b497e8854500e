package oriel.testing.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UdpImpairerTest {
    private static DatagramSocket socket() throws Exception {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(DatagramSocket from, InetSocketAddress to, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    @Test
    void viewers_areToldApart_andAnsweredEach() throws Exception {
        try (DatagramSocket server = socket();
                DatagramSocket one = socket();
                DatagramSocket two = socket();
                UdpImpairer impairer = UdpImpairer.before((InetSocketAddress) server.getLocalSocketAddress(), 1)) {
            send(one, impairer.front(), "one");
            DatagramPacket first = receive(server);
            send(two, impairer.front(), "two");
            DatagramPacket second = receive(server);
            assertThat(text(first)).isEqualTo("one");
            assertThat(text(second)).isEqualTo("two");
            assertThat(first.getPort()).isNotEqualTo(second.getPort());
            send(server, (InetSocketAddress) second.getSocketAddress(), "to two");
            send(server, (InetSocketAddress) first.getSocketAddress(), "to one");
            DatagramPacket answer = receive(one);
            assertThat(text(answer)).isEqualTo("to one");
            assertThat(answer.getSocketAddress()).isEqualTo(impairer.front());
            assertThat(text(receive(two))).isEqualTo("to two");
        }
    }

    @Test
    void halfOpen_theOtherDirectionGoesOn() throws Exception {
        try (DatagramSocket server = socket();
                DatagramSocket viewer = socket();
                UdpImpairer impairer = UdpImpairer.before((InetSocketAddress) server.getLocalSocketAddress(), 1)) {
            send(viewer, impairer.front(), "hello");
            InetSocketAddress back = (InetSocketAddress) receive(server).getSocketAddress();
            impairer.impair(Impairment.NONE, Impairment.DEAD);
            send(server, back, "never seen");
            send(viewer, impairer.front(), "still here");
            assertThat(text(receive(server))).isEqualTo("still here");
            while (impairer.lost() == 0) {
                Thread.onSpinWait();
            }
            impairer.impair(Impairment.NONE, Impairment.NONE);
            send(server, back, "back again");
            assertThat(text(receive(viewer))).isEqualTo("back again");
        }
    }

    @Test
    void answer_namesTheRelayOnly() throws Exception {
        try (DatagramSocket server = socket();
                UdpImpairer impairer = UdpImpairer.before((InetSocketAddress) server.getLocalSocketAddress(), 1)) {
            String answer = "v=0\r\na=candidate:1 1 udp 5 10.0.0.1 8555 typ host\r\na=candidate:2 1 tcp 5 10.0.0.1 8555"
                    + " typ host tcptype passive\r\na=end-of-candidates\r\n";
            assertThat(impairer.rewrite(answer))
                    .isEqualTo("v=0\r\na=candidate:1 1 udp 2130706431 127.0.0.1 "
                            + impairer.front().getPort() + " typ host\r\na=end-of-candidates\r\n");
            assertThat(UdpImpairer.withoutCandidates(answer)).isEqualTo("v=0\r\na=end-of-candidates\r\n");
        }
    }
}
