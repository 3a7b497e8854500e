package oriel.output.webrtc;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.net.Datagrams;
import oriel.net.MediaLoop;
import oriel.net.MediaLoops;
import oriel.net.UdpMux;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.RecentPackets;
import oriel.stream.TrackClocks;
import oriel.webrtc.srtp.MasterKey;
import oriel.webrtc.srtp.PacketProtector;
import oriel.webrtc.srtp.SrtpProfile;

/**
 * The lane as the gateway has it: bursts of one track, handed to many viewers on one loop, each with a header, a number
 * and a key of its own, on one socket. Answers each line on standard input, a number of rounds, with the
 * CPU nanoseconds of the whole process, collector and compiler included, and the packets sent.
 */
public final class LaneLoop {
    private static final int KEYS = 16;

    private final int burst;
    private final int bytes;
    private final MediaLoops loops = MediaLoops.open(1);
    private final MediaLoop loop = loops.all().getFirst();
    private final RecentPackets recent = new RecentPackets();
    private final UdpMux mux;
    private final List<TrackSender> senders = new ArrayList<>();
    private long sequence;

    private LaneLoop(InetAddress address, int viewers, int burst, int bytes, List<Integer> ports) throws Exception {
        this.burst = burst;
        this.bytes = bytes;
        mux = UdpMux.open(loops, new InetSocketAddress(0), (socket, remote, data, length) -> {}, new Drops());
        Datagrams socket = mux.sockets().getFirst();
        onLoop(() -> {
            for (int i = 0; i < viewers; i++) {
                Optional<InetSocketAddress> to =
                        Optional.of(new InetSocketAddress(address, ports.get(i % ports.size())));
                ViewerTransport way = new PacketSender(
                        () -> socket, () -> to, protector(i), new ReceptionQuality(), new PacketSender.Totals());
                TrackSender sender = new TrackSender(
                        way,
                        loop,
                        new Drops(),
                        // As Chromium agrees: repetitions in a stream of their own, numbers of the transport.
                        new TrackPlan(
                                0, MediaKind.VIDEO, 96, i, Optional.of(new TrackPlan.Repetition(97, viewers + i)), 3),
                        0,
                        0,
                        100_000_000);
                sender.start(TrackClocks.of(90_000), recent, List.of(packet(true, false)), true);
                senders.add(sender);
            }
        });
    }

    private static PacketProtector protector(int viewer) {
        SrtpProfile gcm = SrtpProfile.AEAD_AES_128_GCM;
        byte[] key = Arrays.copyOf(new byte[] {(byte) viewer, (byte) (viewer >> 8)}, KEYS);
        MasterKey master = MasterKey.of(gcm, key, new byte[gcm.saltBytes()]);
        return PacketProtector.of(master);
    }

    private RtpPacket packet(boolean key, boolean last) {
        return RtpPacket.take(new byte[bytes], bytes, sequence++, sequence * 200, last, key);
    }

    // One after the other on the loop itself, as in C; what was written leaves at the end of each turn.
    private void rounds(int count) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            done = done.thenRunAsync(this::round, loop::execute);
        }
        done.join();
    }

    private void round() {
        List<RtpPacket> packets = new ArrayList<>();
        for (int j = 0; j < burst; j++) {
            packets.add(packet(false, j == burst - 1));
        }
        Burst shared = new Burst(0, packets);
        recent.add(shared);
        senders.forEach(sender -> sender.burst(shared));
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(task, loop::execute);
        done.join();
    }

    /** Words: address, viewers, packets of a burst, bytes of a packet before protection, ports. */
    public static void main(String[] words) throws Exception {
        List<Integer> ports = Arrays.stream(words).skip(4).map(Integer::valueOf).toList();
        LaneLoop lane = new LaneLoop(
                InetAddress.getByName(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                ports);
        answer(lane);
    }

    @SuppressWarnings("SystemOut") // That is where the bench reads.
    private static void answer(LaneLoop lane) throws IOException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int rounds = Integer.parseInt(line);
            long begin = process.getProcessCpuTime();
            lane.rounds(rounds);
            long nanos = process.getProcessCpuTime() - begin;
            System.out.println(nanos + " " + (long) rounds * lane.senders.size() * lane.burst);
        }
        Runtime.getRuntime().halt(0);
    }
}
