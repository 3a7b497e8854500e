package oriel.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import oriel.base.MalformedException;
import oriel.bench.CameraBytes;

/**
 * Interleaved packets found in reads of 16 KiB, one packet in twelve cut in two, beside the copy that brings such bytes
 * from the kernel into our memory.
 */
@State(Scope.Thread)
public class FramingBench {
    /** Packets of one group of {@link CameraBytes}. */
    static final int PACKETS = 45 + 49 * 14;

    private static final int READ = 16 * 1024;

    private final List<ByteBuffer> reads = new ArrayList<>();
    private final ByteBuffer copy = ByteBuffer.allocateDirect(READ);
    private Blackhole hole = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
    private final RtspFrames frames = new RtspFrames(new RtspFrames.Output() {
        @Override
        public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {
            hole.consume(offset);
        }

        @Override
        public void message(RtspMessage message) {
            throw new IllegalStateException("a message");
        }

        @Override
        public void stray(int bytes) {
            throw new IllegalStateException("stray bytes");
        }
    });

    public FramingBench() {
        frames.expect(0);
        CameraBytes camera = new CameraBytes();
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < CameraBytes.GROUP; i++) {
            packets.addAll(camera.picture(i));
        }
        byte[] all = CameraBytes.interleaved(packets);
        for (int at = 0; at < all.length; at += READ) {
            int length = Math.min(READ, all.length - at);
            reads.add(ByteBuffer.allocateDirect(length).put(all, at, length).flip());
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void framing(Blackhole blackhole) throws MalformedException {
        hole = blackhole;
        for (ByteBuffer read : reads) {
            frames.read(read);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void framingBare(Blackhole blackhole) {
        for (ByteBuffer read : reads) {
            copy.put(0, read, 0, read.limit());
            blackhole.consume(copy.get(0));
        }
    }
}
