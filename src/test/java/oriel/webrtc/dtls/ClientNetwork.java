package oriel.webrtc.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The way between a Bouncy Castle client and an engine, in memory. A script may change what passes in either direction:
 * it is given each datagram with its number, from 0, and says what arrives instead.
 */
final class ClientNetwork implements DatagramTransport {
    /** Lets everything pass. */
    static final BiFunction<Integer, byte[], List<byte[]>> HONEST = (number, datagram) -> List.of(datagram);

    final List<byte[]> clientSent = new ArrayList<>();
    private final BlockingQueue<byte[]> fromServer;
    private final DtlsEngine server;
    private final BiFunction<Integer, byte[], List<byte[]>> toServer;
    private final BiFunction<Integer, byte[], List<byte[]>> toClient;
    private final List<byte[]> arriving = new ArrayList<>();
    private int serverDatagrams;

    ClientNetwork(ServerProbe probe) {
        this(probe, HONEST, HONEST);
    }

    ClientNetwork(
            ServerProbe probe,
            BiFunction<Integer, byte[], List<byte[]>> toServer,
            BiFunction<Integer, byte[], List<byte[]>> toClient) {
        this.fromServer = probe.sent;
        this.server = probe.engine;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    @Override
    public int getReceiveLimit() {
        return 1500;
    }

    @Override
    public int getSendLimit() {
        return 1200;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) {
        if (arriving.isEmpty()) {
            byte[] next = next(waitMillis);
            if (next == null) {
                return -1;
            }
            arriving.addAll(toClient.apply(serverDatagrams++, next));
            if (arriving.isEmpty()) {
                return -1;
            }
        }
        byte[] datagram = arriving.removeFirst();
        System.arraycopy(datagram, 0, buffer, offset, datagram.length);
        return datagram.length;
    }

    private byte @Nullable [] next(int waitMillis) {
        try {
            return fromServer.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
        toServer.apply(clientSent.size(), datagram).forEach(d -> server.receive(d.clone()));
        clientSent.add(datagram);
    }

    @Override
    public void close() {}
}
