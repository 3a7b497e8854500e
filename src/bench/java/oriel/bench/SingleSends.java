package oriel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The straightforward lane in Java: the JDK's AES-GCM with a key for each viewer, and a call of the kernel for each packet.
 * Words and answers as of the lane of the gateway.
 */
public final class SingleSends {
    private static final int HEADER = 12;
    private static final int TAG_BITS = 128;

    private final Cipher[] ciphers;
    private final SecretKeySpec[] keys;
    private final InetSocketAddress[] remotes;
    private final byte[] iv = new byte[12];
    private final byte[] source;
    private final byte[] packet;
    private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
    private final DatagramChannel channel = DatagramChannel.open();
    private final int burst;
    private long index;

    private SingleSends(InetAddress address, int viewers, int burst, int bytes, List<Integer> ports)
            throws IOException, GeneralSecurityException {
        this.burst = burst;
        source = new byte[bytes];
        packet = new byte[bytes + TAG_BITS / 8];
        ciphers = new Cipher[viewers];
        keys = new SecretKeySpec[viewers];
        remotes = new InetSocketAddress[viewers];
        for (int i = 0; i < viewers; i++) {
            ciphers[i] = Cipher.getInstance("AES/GCM/NoPadding");
            keys[i] = new SecretKeySpec(Arrays.copyOf(new byte[] {(byte) i, (byte) (i >> 8)}, 16), "AES");
            remotes[i] = new InetSocketAddress(address, ports.get(i % ports.size()));
        }
    }

    private void round() throws IOException, GeneralSecurityException {
        long first = index;
        for (int i = 0; i < ciphers.length; i++) {
            index = first;
            for (int j = 0; j < burst; j++) {
                packet[2] = (byte) (index >> 8);
                packet[3] = (byte) index;
                count();
                ciphers[i].init(Cipher.ENCRYPT_MODE, keys[i], new GCMParameterSpec(TAG_BITS, iv));
                ciphers[i].updateAAD(packet, 0, HEADER);
                int length = ciphers[i].doFinal(source, HEADER, source.length - HEADER, packet, HEADER);
                channel.send(out.clear().put(packet, 0, HEADER + length).flip(), remotes[i]);
            }
        }
    }

    private void count() {
        index++;
        for (int i = 0; i < 6; i++) {
            iv[11 - i] = (byte) (index >> 8 * i);
        }
    }

    @SuppressWarnings("SystemOut") // That is where the bench reads.
    public static void main(String[] words) throws IOException, GeneralSecurityException {
        List<Integer> ports = Arrays.stream(words).skip(4).map(Integer::valueOf).toList();
        SingleSends lane = new SingleSends(
                InetAddress.getByName(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                ports);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int rounds = Integer.parseInt(line);
            long begin = process.getProcessCpuTime();
            for (int i = 0; i < rounds; i++) {
                lane.round();
            }
            long nanos = process.getProcessCpuTime() - begin;
            System.out.println(nanos + " " + (long) rounds * lane.ciphers.length * lane.burst);
        }
    }
}
