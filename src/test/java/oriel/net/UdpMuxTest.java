package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    private UdpMux open(InetSocketAddress address) throws IOException {
        return UdpMux.open(loops, address, NOBODY, new Drops());
    }
}
