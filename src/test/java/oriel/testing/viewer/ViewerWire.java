package oriel.testing.viewer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** What carries a viewer's datagrams: a UDP socket, or a TCP connection with RFC 4571 around each. Belongs to the loop. */
interface ViewerWire {
    /**
     * A datagram and where it came from.
     *
     * @param nanos of {@link System#nanoTime}, when it came
     */
    record Came(InetSocketAddress from, byte[] data, long nanos) {}

    SelectableChannel channel();

    InetSocketAddress local() throws IOException;

    void write(InetSocketAddress to, byte[] datagram) throws IOException;

    /** The next one, if there is one. */
    Optional<Came> read() throws IOException;

    static ViewerWire udp(InetAddress local) throws IOException {
        return new Udp(local);
    }

    /** Blocks until connected. */
    static ViewerWire tcp(InetAddress local, InetSocketAddress remote) throws IOException {
        return new Tcp(local, remote);
    }

    /** A socket. */
    final class Udp implements ViewerWire {
        private final DatagramChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(4096);
        private final KernelTime time;

        private Udp(InetAddress local) throws IOException {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.bind(new InetSocketAddress(local, 0));
            time = new KernelTime(channel);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public InetSocketAddress local() throws IOException {
            return (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public void write(InetSocketAddress to, byte[] datagram) throws IOException {
            channel.send(ByteBuffer.wrap(datagram), to);
        }

        @Override
        public Optional<Came> read() throws IOException {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            return from == null
                    ? Optional.empty()
                    : Optional.of(new Came(from, Arrays.copyOf(buffer.array(), buffer.position()), time.nanos()));
        }
    }

    /** A connection. */
    final class Tcp implements ViewerWire {
        private final SocketChannel channel;
        private final InetSocketAddress remote;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);

        private Tcp(InetAddress local, InetSocketAddress remote) throws IOException {
            this.remote = remote;
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
            channel.bind(new InetSocketAddress(local, 0));
            channel.socket().connect(remote, 20_000);
            channel.configureBlocking(false);
            buffer.limit(0);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public InetSocketAddress local() throws IOException {
            return (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public void write(InetSocketAddress to, byte[] datagram) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(2 + datagram.length)
                    .putShort((short) datagram.length)
                    .put(datagram)
                    .flip();
            while (frame.hasRemaining()) {
                channel.write(frame); // what a viewer says is little
            }
        }

        @Override
        public Optional<Came> read() throws IOException {
            while (true) {
                if (buffer.remaining() >= 2
                        && buffer.remaining() >= 2 + (buffer.getShort(buffer.position()) & 0xFFFF)) {
                    byte[] data = new byte[buffer.getShort() & 0xFFFF];
                    buffer.get(data);
                    return Optional.of(new Came(remote, data, System.nanoTime()));
                }
                buffer.compact();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) {
                    channel.close();
                }
                if (count <= 0) {
                    return Optional.empty();
                }
            }
        }
    }
}
