package oriel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.testing.viewer.KernelTime;

/** A {@link BareCopy} process between TCP connections and sockets that one thread reads, as viewers share one. */
final class CopyRig implements TransitRig {
    private static final int MARKER_BIT = 0x80;

    private final Arrivals arrivals;
    private final Selector selector = Selector.open();
    private final List<DatagramChannel> viewers = new ArrayList<>();
    private final List<Socket> cameras = new ArrayList<>();
    private final JavaChild child;
    private final Thread reader;
    private volatile boolean closed;

    CopyRig(Path folder, Crowd crowd, Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        List<ServerSocket> servers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < crowd.cameras(); i++) {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            servers.add(server);
            words.add(server.getLocalPort() + viewers(i, crowd.viewersOfEach()));
        }
        child = JavaChild.start(folder, BareCopy.class, words.toArray(String[]::new));
        for (ServerSocket server : servers) {
            Socket camera = server.accept();
            camera.setTcpNoDelay(true);
            cameras.add(camera);
            server.close();
        }
        reader = Thread.ofPlatform().name("copy").daemon().start(this::run);
    }

    /** Opens the viewers of a camera. */
    private String viewers(int camera, int count) throws IOException {
        StringBuilder ports = new StringBuilder();
        for (int i = 0; i < count; i++) {
            DatagramChannel viewer = DatagramChannel.open();
            viewer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            viewer.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            viewer.configureBlocking(false);
            viewer.register(selector, SelectionKey.OP_READ, new Viewer(camera, viewer, new KernelTime(viewer)));
            viewers.add(viewer);
            ports.append(',').append(((InetSocketAddress) viewer.getLocalAddress()).getPort());
        }
        return ports.toString();
    }

    private record Viewer(int camera, DatagramChannel channel, KernelTime time) {}

    @Override
    public void write(int camera, byte[] bytes) throws IOException {
        cameras.get(camera).getOutputStream().write(bytes);
    }

    @Override
    public List<String> drops() {
        return List.of();
    }

    @Override
    public double megabytes(String name) throws IOException {
        return child.megabytes(name);
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocate(4096);
        try {
            while (!closed) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    Viewer viewer = (Viewer) key.attachment();
                    while (viewer.channel().receive(packet.clear()) != null) {
                        if ((packet.get(1) & MARKER_BIT) != 0) {
                            arrivals.came(
                                    viewer.camera(),
                                    packet.getInt(4) & 0xFFFF_FFFFL,
                                    viewer.time().nanos());
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        for (Socket camera : cameras) {
            camera.close();
        }
        child.close();
        selector.close();
        for (DatagramChannel viewer : viewers) {
            viewer.close();
        }
    }
}
