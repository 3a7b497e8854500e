package oriel.testing.viewer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP tunnel that knows nothing of what it carries: each connection to its port becomes one to another address. */
public final class TcpForwarder implements AutoCloseable {
    private static final int MOST_RECORDED = 4 << 20;

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private volatile InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private volatile boolean records;

    private TcpForwarder() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.add(Thread.ofVirtual().name("tunnel").start(this::accept));
    }

    public static TcpForwarder start() throws IOException {
        return new TcpForwarder();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Where connections go. */
    public void to(InetSocketAddress address) {
        target = address;
    }

    /** Keeps what comes from the target, up to 4 MiB. */
    public void records() {
        records = true;
    }

    public synchronized byte[] recorded() {
        return record.toByteArray();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Towards the target. */
    public long bytesIn() {
        return in.get();
    }

    public long bytesOut() {
        return out.get();
    }

    /** Closes all connections. */
    public void cut() {
        sockets.forEach(TcpForwarder::quietly);
        sockets.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(target.getAddress(), target.getPort());
                sockets.add(near);
                sockets.add(far);
                connections.incrementAndGet();
                threads.add(Thread.ofVirtual().start(() -> pump(near, far, in, false)));
                threads.add(Thread.ofVirtual().start(() -> pump(far, near, out, true)));
            } catch (IOException e) {
                // Closed, or the target is not there: who waits says so.
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong count, boolean recorded) {
        byte[] buffer = new byte[8192];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                output.write(buffer, 0, length);
                count.addAndGet(length);
                if (recorded && records) {
                    keep(buffer, length);
                }
            }
        } catch (IOException e) {
            // The other half ends too.
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        if (record.size() < MOST_RECORDED) {
            record.write(buffer, 0, length);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        cut();
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }
}
