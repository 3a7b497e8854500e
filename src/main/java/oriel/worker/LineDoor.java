package oriel.worker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Bytes;
import oriel.process.ChildUser;

/**
 * The gateway's place for one worker to connect to: a Unix socket in a folder of its own that only we may enter; where
 * there is none, a port on loopback. Only who shows the token is let in, and only once. Closing it leaves nothing behind
 * and keeps the connection.
 */
final class LineDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("worker");
    private static final int MAX_KNOCKING = 8;

    private final ServerSocketChannel server;
    private final LineAddress address;
    private final CompletableFuture<SocketChannel> worker = new CompletableFuture<>();
    private final Set<SocketChannel> knocking = ConcurrentHashMap.newKeySet();
    private final Runnable cleaning;

    private LineDoor(ServerSocketChannel server, Bytes token, Runnable cleaning) throws IOException {
        this.server = server;
        this.address = new LineAddress(server.getLocalAddress(), token);
        this.cleaning = cleaning;
        Thread.ofVirtual().name("worker-door").start(this::accept);
    }

    /**
     * @param temp where temporary files go
     * @param random makes the token
     * @param guest who may enter besides us
     */
    static LineDoor open(Path temp, RandomGenerator random, Optional<ChildUser> guest) throws IOException {
        byte[] token = new byte[LineAddress.TOKEN_BYTES];
        random.nextBytes(token);
        Path folder = PrivateFolder.fresh(temp, "oriel-line");
        Path socket = folder.resolve("s");
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            return bind(server, socket, folder, token, guest);
        } catch (UnsupportedOperationException | IOException e) {
            // No Unix sockets on this system, or the folder's path is longer than an address of one may be.
            deleteQuietly(socket, folder);
            return openTcp(token);
        }
    }

    /** On loopback, as on systems without Unix sockets. */
    static LineDoor openTcp(RandomGenerator random) throws IOException {
        byte[] token = new byte[LineAddress.TOKEN_BYTES];
        random.nextBytes(token);
        return openTcp(token);
    }

    private static LineDoor bind(
            ServerSocketChannel server, Path socket, Path folder, byte[] token, Optional<ChildUser> guest)
            throws IOException {
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            if (guest.isPresent()) {
                PrivateFolder.lend(folder, socket, guest.get());
            }
            return new LineDoor(server, Bytes.of(token), () -> deleteQuietly(socket, folder));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static LineDoor openTcp(byte[] token) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new LineDoor(server, Bytes.of(token), () -> {});
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** What the worker must be told. */
    LineAddress address() {
        return address;
    }

    /** The connection of the one with the token; fails when the door is closed before. */
    CompletableFuture<SocketChannel> worker() {
        return worker;
    }

    @Override
    public void close() {
        closeQuietly(server);
        worker.completeExceptionally(new IOException("the worker did not come"));
        knocking.forEach(LineDoor::closeQuietly);
        cleaning.run();
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel channel = server.accept();
                if (knocking.size() >= MAX_KNOCKING) {
                    channel.close();
                    continue;
                }
                knocking.add(channel);
                // Somebody else's connection that says nothing must not keep the worker out.
                Thread.ofVirtual().name("worker-knock").start(() -> check(channel));
            }
        } catch (IOException e) {
            // Closing the door ends it; anything else ends it as well, and the one who waits is told.
            worker.completeExceptionally(e);
        }
    }

    private void check(SocketChannel channel) {
        boolean welcome = false;
        try {
            ByteBuffer shown = ByteBuffer.allocate(LineAddress.TOKEN_BYTES);
            int count = 0;
            while (count >= 0 && shown.hasRemaining()) {
                count = channel.read(shown);
            }
            knocking.remove(channel);
            welcome = MessageDigest.isEqual(shown.array(), address.token().toArray()) && worker.complete(channel);
        } catch (IOException e) {
            LOG.debug("a connection to the worker's door broke: {}", e.getMessage());
        } finally {
            knocking.remove(channel);
            if (!welcome) {
                closeQuietly(channel);
            }
        }
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket of the worker's door does not close: {}", e.getMessage());
        }
    }

    private static void deleteQuietly(Path socket, Path folder) {
        try {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{} stays behind: {}", folder, e.getMessage());
        }
    }
}
