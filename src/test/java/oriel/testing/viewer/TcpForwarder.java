package oriel.testing.viewer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP tunnel that knows nothing of what it carries: each connection to its port becomes one to another address. It can be
 * slow, or open in one direction only, as connections are whose other end has lost its network.
 */
public final class TcpForwarder implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16; // what is on its way at once, when it is slow
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
    private volatile Duration delay = Duration.ZERO;
    private boolean stopsIn; // guarded by this
    private boolean stopsOut; // guarded by this

    private TcpForwarder(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        threads.add(Thread.ofVirtual().name("tunnel").start(this::accept));
    }

    public static TcpForwarder start() throws IOException {
        return new TcpForwarder(0);
    }

    /** On a port of choice, such as that of one that was closed. */
    public static TcpForwarder startAt(int port) throws IOException {
        return new TcpForwarder(port);
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

    /** From now on all takes so long, in both directions. */
    public void delay(Duration time) {
        delay = time;
    }

    /** Lets nothing more through towards the target, or from it, and closes nothing. */
    public synchronized void stop(boolean towards, boolean from) {
        stopsIn = towards;
        stopsOut = from;
        notifyAll();
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

    private void pump(Socket from, Socket to, AtomicLong count, boolean outwards) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                Thread.sleep(delay);
                awaitPassage(outwards);
                output.write(buffer, 0, length);
                count.addAndGet(length);
                if (outwards && records) {
                    keep(buffer, length);
                }
            }
        } catch (IOException e) {
            // The other half ends too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private synchronized void awaitPassage(boolean outwards) throws InterruptedException {
        while (outwards ? stopsOut : stopsIn) {
            wait();
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
        stop(false, false);
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }
}
