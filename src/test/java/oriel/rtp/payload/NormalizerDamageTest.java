package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.media.Codec;

/** Packets cut or with a bit turned anywhere: each gives packets or a reason, and the track goes on. */
class NormalizerDamageTest {
    private static final int LONG_BODY = 24; // bytes of each payload that are damaged: all the structure is there

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void accept_damagedAnywhere_goesOnWithTheNextKeyFrame(boolean h265) {
        Random random = new Random(5);
        Codec codec = h265 ? Units.H265 : Units.H264;
        List<byte[]> original = pictures(h265, random);
        Bytes last = h265 ? Units.segment(random, 19, true, 2, 50) : Units.idr(random, 50);
        int runs = 0;
        for (int p = 0; p < original.size(); p++) {
            int damaged = Math.min(original.get(p).length - 12, LONG_BODY);
            for (int bit = 0; bit < damaged * 8; bit++) {
                byte[] flipped = original.get(p).clone();
                flipped[12 + bit / 8] ^= (byte) (1 << bit % 8);
                assertGoesOn(codec, original, p, flipped, last);
                if (bit % 8 == 0) {
                    assertGoesOn(codec, original, p, Arrays.copyOf(original.get(p), 12 + bit / 8), last);
                }
                runs++;
            }
        }
        assertThat(runs).isGreaterThan(500);
    }

    private static List<byte[]> pictures(boolean h265, Random random) {
        var camera = new NalCamera(h265, 700, 0);
        List<byte[]> packets = new ArrayList<>();
        if (h265) {
            Bytes key = Units.segment(random, 19, true, 2, 1500);
            packets.addAll(camera.picture(
                    0, List.of(Units.HEVC_VPS, Units.HEVC_SPS, Units.HEVC_PPS, Units.HEVC_SEI, key), true));
            packets.addAll(camera.picture(3600, List.of(Units.segment(random, 1, true, 1, 300)), false));
        } else {
            Bytes key = Units.idr(random, 1500);
            packets.addAll(camera.picture(0, List.of(Units.SPS, Units.PPS, Units.SEI, key), true));
            packets.addAll(camera.picture(0, List.of(Units.SPS), false));
            packets.addAll(camera.picture(3600, List.of(Units.inter(random, 300)), false));
        }
        return packets;
    }

    private static void assertGoesOn(Codec codec, List<byte[]> original, int index, byte[] damaged, Bytes last) {
        Track track = new Track(codec);
        for (int i = 0; i < original.size(); i++) {
            track.feed(i == index ? damaged : original.get(i));
        }
        var camera = new NalCamera(codec instanceof Codec.H265, 1400, original.size());
        track.feed(camera.single(90_000, last, true));

        assertThat(track.units).isNotEmpty();
        assertThat(track.units.getLast().ptsTicks()).isEqualTo(90_000);
        assertThat(track.units.getLast().key()).isTrue();
        assertThat(track.units.getLast().parts()).endsWith(last);
    }
}
