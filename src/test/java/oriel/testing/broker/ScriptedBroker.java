package oriel.testing.broker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * A broker that does what real ones only do on bad days: refuses, says nothing, acknowledges nothing, ends connections. It
 * speaks just enough of MQTT on plain sockets and keeps nothing.
 */
public final class ScriptedBroker implements AutoCloseable {
    /** CONNACK of MQTT 5: welcome. */
    public static final byte[] WELCOME_5 = {0x20, 3, 0, 0, 0};
    /** CONNACK of MQTT 3.1.1: welcome. */
    public static final byte[] WELCOME_3 = {0x20, 2, 0, 0};
    /** DISCONNECT of MQTT 5: another client has the id. */
    public static final byte[] TAKEN_OVER = {(byte) 0xE0, 2, (byte) 0x8E, 0};

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int PING = 12;
    private static final int DISCONNECT = 14;

    private final ServerSocket server;
    private final IntFunction<byte[]> welcome;
    private final boolean acknowledges;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Integer> connects = new LinkedBlockingQueue<>();
    private final List<String> published = new ArrayList<>(); // guarded by itself
    private final List<Integer> goodbyes = new CopyOnWriteArrayList<>();

    private ScriptedBroker(ServerSocket server, IntFunction<byte[]> welcome, boolean acknowledges) {
        this.server = server;
        this.welcome = welcome;
        this.acknowledges = acknowledges;
    }

    /**
     * @param welcome what a CONNECT of a protocol level, 4 or 5, is answered; an empty answer: the connection is closed, one
     *     byte: nothing is said at all
     * @param acknowledges whether PUBLISH is
     */
    public static ScriptedBroker start(IntFunction<byte[]> welcome, boolean acknowledges) throws IOException {
        ScriptedBroker broker =
                new ScriptedBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), welcome, acknowledges);
        Thread.ofVirtual().name("scripted-broker").start(broker::accept);
        return broker;
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** The protocol level of the next CONNECT; waits for it at most 20 s. */
    public int nextConnect() throws InterruptedException {
        Integer level = connects.poll(20, TimeUnit.SECONDS);
        if (level == null) {
            throw new AssertionError("nobody connects");
        }
        return level;
    }

    /** How many have connected that {@link #nextConnect} has not told of. */
    public int connectsWaiting() {
        return connects.size();
    }

    /** Topics of what was published, in order. */
    public List<String> published() {
        synchronized (published) {
            return List.copyOf(published);
        }
    }

    /** The reason codes of those who said goodbye. */
    public List<Integer> goodbyes() {
        return List.copyOf(goodbyes);
    }

    /** Says {@code packet} to everybody and hangs up. */
    public void end(byte[] packet) throws IOException {
        for (Socket socket : open) {
            socket.getOutputStream().write(packet);
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean five = false;
            while (true) {
                int first = in.readUnsignedByte();
                byte[] body = in.readNBytes(length(in));
                switch (first >> 4) {
                    case CONNECT -> {
                        int level = body[6];
                        five = level == 5;
                        connects.add(level);
                        byte[] answer = welcome.apply(level);
                        if (answer.length == 0) {
                            return;
                        }
                        out.write(answer, 0, answer.length == 1 ? 0 : answer.length);
                    }
                    case PUBLISH -> publish(out, body);
                    case SUBSCRIBE -> out.write(subAck(body, five));
                    case PING -> out.write(new byte[] {(byte) 0xD0, 0});
                    case DISCONNECT -> goodbyes.add(body.length == 0 ? 0 : body[0] & 0xFF);
                    default -> {}
                }
                out.flush();
            }
        } catch (EOFException | SocketException e) {
            // The other side went, or end() was called.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.remove(socket);
        }
    }

    private void publish(OutputStream out, byte[] body) throws IOException {
        int length = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
        synchronized (published) {
            published.add(new String(body, 2, length, StandardCharsets.UTF_8));
        }
        if (acknowledges) {
            out.write(new byte[] {0x40, 2, body[2 + length], body[3 + length]});
        }
    }

    private static byte[] subAck(byte[] body, boolean five) {
        int at = five ? 3 + body[2] : 2; // Behind the properties, if there are any.
        int filters = 0;
        while (at < body.length) {
            at += 3 + ((body[at] & 0xFF) << 8 | body[at + 1] & 0xFF);
            filters++;
        }
        int head = five ? 3 : 2;
        byte[] answer = new byte[2 + head + filters];
        answer[0] = (byte) 0x90;
        answer[1] = (byte) (head + filters);
        answer[2] = body[0];
        answer[3] = body[1];
        for (int i = 0; i < filters; i++) {
            answer[2 + head + i] = 1;
        }
        return answer;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                break;
            }
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
