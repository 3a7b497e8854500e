package oriel.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The yardstick of the way through: takes interleaved packets from TCP connections, with a thread for each, and sends each as a
 * datagram to each port. No protocol, no encryption, no care.
 */
final class BareCopy {
    private BareCopy() {}

    /** @param words for each connection the TCP port to connect to, then the UDP ports to send to, with commas between */
    public static void main(String[] words) throws IOException {
        for (String word : words) {
            Thread.ofPlatform().start(() -> {
                try {
                    copy(word.split(","));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void copy(String... words) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        List<InetSocketAddress> viewers = new ArrayList<>();
        for (String word : List.of(words).subList(1, words.length)) {
            viewers.add(new InetSocketAddress(here, Integer.parseInt(word)));
        }
        ByteBuffer packet = ByteBuffer.allocateDirect(1 << 16);
        byte[] bytes = new byte[1 << 16];
        try (Socket camera = new Socket(here, Integer.parseInt(words[0]));
                DatagramChannel out = DatagramChannel.open()) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(camera.getInputStream(), 1 << 16));
            while (in.read() == '$') {
                in.readUnsignedByte();
                int length = in.readUnsignedShort();
                in.readFully(bytes, 0, length);
                packet.clear().put(bytes, 0, length).flip();
                for (InetSocketAddress viewer : viewers) {
                    out.send(packet, viewer);
                    packet.rewind();
                }
            }
        }
    }
}
