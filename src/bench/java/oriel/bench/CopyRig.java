package oriel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link BareCopy} process between a TCP connection and sockets that one thread reads, as viewers share one. */
final class CopyRig implements AutoCloseable {
    private static final int MARKER_BIT = 0x80;

    private final Arrivals arrivals;
    private final Selector selector = Selector.open();
    private final List<DatagramChannel> viewers = new ArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final JavaChild child;
    private final Socket camera;
    private final Thread reader;
    private volatile boolean closed;

    CopyRig(Path folder, int count, Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        List<String> ports = new ArrayList<>(List.of(Integer.toString(server.getLocalPort())));
        for (int i = 0; i < count; i++) {
            DatagramChannel viewer = DatagramChannel.open();
            viewer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            viewer.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 1 << 20);
            viewer.configureBlocking(false);
            viewer.register(selector, SelectionKey.OP_READ);
            viewers.add(viewer);
            ports.add(Integer.toString(((InetSocketAddress) viewer.getLocalAddress()).getPort()));
        }
        child = JavaChild.start(folder, BareCopy.class, ports.toArray(String[]::new));
        camera = server.accept();
        camera.setTcpNoDelay(true);
        reader = Thread.ofPlatform().name("copy").daemon().start(this::read);
    }

    /** Sends interleaved packets. */
    void write(byte[] bytes) throws IOException {
        camera.getOutputStream().write(bytes);
    }

    double megabytes(String name) throws IOException {
        return child.megabytes(name);
    }

    private void read() {
        ByteBuffer packet = ByteBuffer.allocate(4096);
        try {
            while (!closed) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    DatagramChannel viewer = (DatagramChannel) key.channel();
                    while (viewer.receive(packet.clear()) != null) {
                        if ((packet.get(1) & MARKER_BIT) != 0) {
                            arrivals.came(packet.getInt(4) & 0xFFFF_FFFFL, System.nanoTime());
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camera.close();
        server.close();
        child.close();
        selector.close();
        for (DatagramChannel viewer : viewers) {
            viewer.close();
        }
    }
}
