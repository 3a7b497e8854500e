package oriel.output.webrtc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;
import oriel.stream.RecentPackets;
import oriel.stream.TrackClocks;
import oriel.testing.ManualLoop;
import oriel.webrtc.srtp.MasterKey;
import oriel.webrtc.srtp.PacketProtector;
import oriel.webrtc.srtp.SrtpProfile;

/**
 * A viewer that joins: a cached group of 5 MB (10 s at 4 Mbit/s) paced, numbered, remembered and protected, up to the
 * socket, beside protecting the same packets one after the other.
 */
@State(Scope.Thread)
public class ReplayBench implements ViewerTransport {
    static final int PACKETS = 4200;

    private static final int FRAMES = 250;
    private static final Duration TICK = Duration.ofMillis(1);

    private final List<RtpPacket> group = new ArrayList<>();
    private final byte[] datagram = new byte[2 * RtpPacket.MAX_BYTES];
    private PacketProtector protector = protector();
    private int sent;
    private long index;

    public ReplayBench() {
        for (int i = 0; i < PACKETS; i++) {
            int frame = i * FRAMES / PACKETS;
            boolean last = (i + 1) * FRAMES / PACKETS != frame;
            group.add(
                    RtpPacket.take(new byte[RtpPacket.MAX_BYTES], RtpPacket.MAX_BYTES, i, frame * 3600L, last, i == 0));
        }
    }

    private static PacketProtector protector() {
        SrtpProfile gcm = SrtpProfile.AEAD_AES_128_GCM;
        return PacketProtector.of(MasterKey.of(gcm, new byte[gcm.keyBytes()], new byte[gcm.saltBytes()]));
    }

    @Override
    public void send(TrackPlan plan, RtpPacket packet, long number, int timestamp, boolean again, long nowNanos) {
        RtpHeader.write(datagram, 0, packet.marker(), plan.payloadType(), (int) number, timestamp, plan.ssrc());
        protector.protect(packet.array(), 12, packet.payloadLength(), datagram, 0, 12, number);
        sent++;
    }

    @Override
    public void repeat(TrackPlan plan, RtpPacket packet, long number, int timestamp, int original, long nowNanos) {
        throw new IllegalStateException("nobody asked for it");
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public boolean open() {
        return true;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int replay() {
        protector = protector();
        sent = 0;
        ManualLoop loop = new ManualLoop();
        TrackSender sender =
                new TrackSender(this, loop, new Drops(), new TrackPlan(0, MediaKind.VIDEO, 96, 1), 0, 0, 100_000_000);
        loop.run(() -> sender.start(TrackClocks.of(90_000), new RecentPackets(), group, true));
        while (sent < PACKETS) {
            loop.advance(TICK);
        }
        return sent;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int replayBare() {
        int bytes = 0;
        for (RtpPacket packet : group) {
            bytes += protector.protect(packet.array(), 12, packet.payloadLength(), datagram, 0, 12, index++);
        }
        return bytes;
    }
}
