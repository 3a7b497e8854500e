package oriel.testing.viewer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.base.MalformedException;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunMessage;

/** A STUN server on loopback that sees everybody at an address of the test's choice. */
public final class LoopbackStunServer implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress seen;
    private final AtomicInteger asked = new AtomicInteger();
    private final Thread thread;

    private LoopbackStunServer(InetSocketAddress seen) throws IOException {
        this.seen = seen;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.thread = Thread.ofVirtual().name("stun").start(this::serve);
    }

    /** @param seen what it answers as the asker's address */
    public static LoopbackStunServer start(InetSocketAddress seen) throws IOException {
        return new LoopbackStunServer(seen);
    }

    /** As {@code ice_servers} has it. */
    public String url() {
        return "stun:127.0.0.1:" + socket.getLocalPort();
    }

    /** How often. */
    public int asked() {
        return asked.get();
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                asked.incrementAndGet();
                StunMessage request = StunMessage.parse(buffer, 0, packet.getLength());
                byte[] answer = new StunBuilder(StunClass.SUCCESS, request.transaction())
                        .xorMappedAddress(seen)
                        .build();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException | MalformedException e) {
                // Closed, or no question.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
