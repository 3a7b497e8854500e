package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.PPS;
import static oriel.rtp.payload.Units.SPS;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;

/** What becomes of pictures of which packets are missing. */
class NormalizerLossTest {
    private final Random random = new Random(3);
    private final Track track = new Track(H264);
    private final NalCamera camera = new NalCamera(false, 1400, 65_530);

    @Test
    void gap_inAFragmentedUnit_dropsItUntilTheNextStart() {
        Bytes key = idr(random, 10_000);
        Bytes next = inter(random, 5000);
        List<byte[]> packets = camera.picture(0, List.of(key), false);
        packets.remove(3);
        track.feed(packets);
        track.feed(camera.picture(3600, List.of(next), false));

        // Three of the camera's packets made the sets and three full ones; then a number is left out.
        assertThat(track.marks()).isEqualTo("0k 1 2 3 5 6 7 8 9m");
        assertThat(track.parts()).containsExactly(List.of(next));
        assertThat(track.malformed).isEmpty();
    }

    @Test
    void gap_atTheStartOfAUnit_dropsTheRestQuietly() {
        List<byte[]> packets = camera.picture(0, List.of(idr(random, 5000)), false);
        packets.removeFirst();
        track.normalizer.gap();
        track.feed(packets);

        assertThat(track.packets).isEmpty();
        assertThat(track.malformed).isEmpty();
    }

    @Test
    void gap_toldTwice_leavesOutOneNumber() {
        track.feed(camera.single(0, inter(random, 100), true));
        track.normalizer.gap();
        track.normalizer.gap();
        track.feed(camera.single(3600, inter(random, 100), true));

        assertThat(track.marks()).isEqualTo("0m 2m");
    }

    @Test
    void gap_beforeTheFirstPacket_isNone() {
        track.normalizer.gap();
        track.feed(camera.single(0, inter(random, 100), true));

        assertThat(track.marks()).isEqualTo("0m");
    }

    @Test
    void gap_betweenPictures_costsNone() {
        Bytes first = inter(random, 2000);
        Bytes second = inter(random, 2000);
        track.feed(camera.picture(0, List.of(first), false));
        camera.lose(); // a delimiter, say
        track.feed(camera.picture(3600, List.of(second), false));

        assertThat(track.parts()).containsExactly(List.of(first), List.of(second));
    }

    @Test
    void gap_overTheFirstSliceOfAKeyFrame_leavesNoKeyStart() {
        track.feed(camera.single(0, inter(random, 100), true));
        camera.lose();
        track.feed(camera.single(3600, Units.slice(random, 5, 40, Units.I, 100), true));

        assertThat(track.marks()).isEqualTo("0m 2 3m");
        assertThat(track.units).hasSize(1);
    }

    @Test
    void gap_overTheSetsOfAKeyFrame_leavesItWhole() {
        Bytes key = idr(random, 100);
        track.feed(camera.single(0, inter(random, 100), true));
        camera.lose();
        camera.lose();
        track.feed(camera.single(3600, key, true));

        assertThat(track.marks()).isEqualTo("0m 2k 3m");
        assertThat(track.parts().get(1)).isEqualTo(List.of(SPS, PPS, key));
    }

    @Test
    void accept_unitWithoutEnd_isDroppedWhenTheNextStarts() {
        Bytes lost = inter(random, 5000);
        Bytes next = inter(random, 500);
        track.feed(camera.fragment(0, lost, lost.slice(1, 3000), true, false, false));
        track.feed(camera.single(3600, next, true));

        assertThat(track.marks()).isEqualTo("0 1 3m");
        assertThat(track.parts()).containsExactly(List.of(next));
    }

    @Test
    void accept_unitGoesOnAtAnotherTime_isDropped() {
        Bytes lost = inter(random, 5000);
        track.feed(camera.fragment(0, lost, lost.slice(1, 3000), true, false, false));
        track.feed(camera.fragment(3600, lost, lost.slice(3001, 1999), false, true, true));

        assertThat(track.units).isEmpty();
        assertThat(track.malformed).containsExactly("FU-A without start");
    }

    @Test
    void accept_malformedInsideAUnit_dropsTheUnitAndCountsOnce() {
        Bytes lost = inter(random, 5000);
        Bytes next = inter(random, 500);
        track.feed(camera.fragment(0, lost, lost.slice(1, 2000), true, false, false));
        track.feed(camera.packet(0, new byte[] {0x79, 0, 0}, false));
        track.feed(camera.fragment(0, lost, lost.slice(2001, 1000), false, false, false));
        track.feed(camera.fragment(0, lost, lost.slice(3001, 1999), false, true, true));
        track.feed(camera.single(3600, next, true));

        assertThat(track.malformed).containsExactly("STAP-B is unsupported");
        assertThat(track.parts()).containsExactly(List.of(next));
    }

    /** Pictures of which no packet was lost come out whole, all others not at all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 50})
    void accept_lossOfPercent_deliversExactlyTheWholePictures(int percent) {
        List<List<Bytes>> expected = new ArrayList<>();
        Bytes first = inter(random, 100);
        track.feed(camera.single(0, first, true));
        expected.add(List.of(first));
        for (int i = 1; i < 400; i++) {
            boolean key = i % 10 == 0;
            List<Bytes> slices = new ArrayList<>();
            for (int s = 0; s <= random.nextInt(3); s++) {
                int size = 20 + random.nextInt(4000);
                slices.add(Units.slice(random, key ? 5 : 1, s * 50, key ? Units.I : Units.P, size));
            }
            boolean whole = true;
            for (byte[] packet : camera.picture(i * 3600L, slices, random.nextBoolean())) {
                if (random.nextInt(100) < percent) {
                    whole = false;
                } else {
                    track.feed(packet);
                }
            }
            if (whole) {
                List<Bytes> parts = new ArrayList<>(key ? List.of(SPS, PPS) : List.of());
                parts.addAll(slices);
                expected.add(parts);
            }
        }

        assertThat(track.parts()).isEqualTo(expected);
        assertThat(track.malformed).isEmpty();
        assertThat(track.units.stream().filter(u -> u.key()).map(u -> u.parts().getFirst()))
                .allMatch(SPS::equals);
    }
}
