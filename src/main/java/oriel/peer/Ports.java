package oriel.peer;

import java.io.IOException;
import java.util.Optional;
import oriel.metrics.Drops;
import oriel.net.ConnectionRouter;
import oriel.net.DatagramRouter;
import oriel.net.MediaLoops;
import oriel.net.TcpMux;
import oriel.net.UdpMux;

/** The sockets of a {@link PeerPort}: UDP, TCP or both, on one port number. */
record Ports(Optional<UdpMux> udp, Optional<TcpMux> tcp) implements AutoCloseable {
    /** A port that is free for UDP need not be for TCP. */
    private static final int TRIES = 16;

    static Ports open(
            MediaLoops loops, PeerPort port, DatagramRouter datagrams, ConnectionRouter connections, Drops drops)
            throws IOException {
        boolean anyPort = port.listen().getPort() == 0 && port.udp() && port.tcp();
        for (int left = anyPort ? TRIES : 1; ; left--) {
            Optional<UdpMux> udp =
                    port.udp() ? Optional.of(UdpMux.open(loops, port.listen(), datagrams, drops)) : Optional.empty();
            if (!port.tcp()) {
                return new Ports(udp, Optional.empty());
            }
            try {
                PeerPort same = udp.map(mux -> port.onPort(mux.port())).orElse(port);
                return new Ports(
                        udp, Optional.of(TcpMux.open(loops, same.listen(), connections, port.strangers(), drops)));
            } catch (IOException e) {
                udp.ifPresent(UdpMux::close);
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    int number() {
        return udp.map(UdpMux::port).or(() -> tcp.map(TcpMux::port)).orElse(0);
    }

    @Override
    public void close() {
        tcp.ifPresent(TcpMux::close);
        udp.ifPresent(UdpMux::close);
    }
}
