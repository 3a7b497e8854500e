package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.media.Codec;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpView;

/** The packet path makes the packets and nothing else. */
class NormalizerAllocationTest {
    /** More than a packet object and an array's header take. */
    private static final int OBJECT_BYTES = 80;

    private long arrays;
    private long packets;

    private static List<RtpView> views(boolean h265) {
        Random random = new Random(1);
        var camera = new NalCamera(h265, 1400, 0);
        List<RtpView> views = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Bytes slice = h265 ? Units.segment(random, 1, true, 1, 20_000) : Units.inter(random, 20_000);
            for (byte[] packet : camera.picture(i * 3600L, List.of(slice), false)) {
                views.add(RtpBytes.view(packet));
            }
        }
        return views;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void accept_pictures_allocatesTheirPacketsOnly(boolean h265) throws Exception {
        Codec codec = h265 ? Units.H265 : new Codec.H264(Units.SPS_FOR_B, Units.PPS);
        Normalizer normalizer = Normalizers.of(codec);
        List<RtpView> views = views(h265);
        feed(normalizer, views, 0);
        arrays = 0;
        packets = 0;
        long before = allocated();
        for (int round = 1; round <= 20; round++) {
            feed(normalizer, views, round * 1_000_000L);
        }
        long spent = allocated() - before;

        assertThat(packets).isGreaterThan(10_000);
        assertThat(spent).isLessThan(arrays + packets * OBJECT_BYTES + 100_000);
    }

    private void feed(Normalizer normalizer, List<RtpView> views, long ptsTicks) throws Exception {
        PacketOutput output = packet -> {
            arrays += packet.array().length;
            packets++;
        };
        for (RtpView view : views) {
            normalizer.accept(view, ptsTicks + view.timestamp(), output);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void accept_whole_usesNoMoreThanTheArrayItNeeds() throws Exception {
        Normalizer normalizer = Normalizers.of(Units.H264);
        var camera = new NalCamera(false, 65_000, 0);
        for (byte[] packet : camera.picture(0, List.of(Units.inter(new Random(1), 5000)), false)) {
            normalizer.accept(
                    RtpBytes.view(packet), 0, out -> assertThat(out.array()).hasSize(out.length()));
        }
    }
}
