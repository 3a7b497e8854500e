package oriel.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpView;
import oriel.rtp.payload.Normalizer;
import oriel.rtp.payload.Normalizers;

/** A camera's H.264 packets made fit for every viewer, beside one copy of the same bytes into arrays of their own. */
@State(Scope.Thread)
public class NormalizerBench {
    /** Packets of one group of {@link CameraBytes}: 45 of the key frame, 14 of each of 49 others. */
    static final int PACKETS = 45 + 49 * 14;

    private final Normalizer normalizer = Normalizers.of(Codec.H264.unknown());
    private final List<ByteBuffer> packets = new ArrayList<>();
    private final RtpView view = new RtpView();
    private long ticks;

    public NormalizerBench() {
        CameraBytes camera = new CameraBytes();
        for (int i = 0; i < CameraBytes.GROUP; i++) {
            for (byte[] packet : camera.picture(i)) {
                packets.add(ByteBuffer.allocateDirect(packet.length).put(packet).flip());
            }
        }
        if (packets.size() != PACKETS) {
            throw new IllegalStateException(packets.size() + " packets");
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void normalize(Blackhole hole) throws MalformedException {
        for (ByteBuffer packet : packets) {
            view.wrap(packet, 0, packet.limit());
            normalizer.accept(view, ticks + view.timestamp(), hole::consume);
        }
        ticks += (long) CameraBytes.GROUP * CameraBytes.FRAME_TICKS;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void normalizeBare(Blackhole hole) {
        for (ByteBuffer packet : packets) {
            byte[] copy = new byte[packet.limit()];
            packet.get(0, copy);
            hole.consume(copy);
        }
    }
}
