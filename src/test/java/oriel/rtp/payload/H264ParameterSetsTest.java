package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.OTHER_PPS;
import static oriel.rtp.payload.Units.OTHER_SPS;
import static oriel.rtp.payload.Units.PPS;
import static oriel.rtp.payload.Units.SEI;
import static oriel.rtp.payload.Units.SPS;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.bitstream.BitWriter;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/** Where a key frame's parameter sets come from, and that they stand before it. */
class H264ParameterSetsTest {
    private final Random random = new Random(265);
    private final Track track = new Track(H264);
    private final NalCamera camera = new NalCamera(false, 1400, 100);

    @Test
    void accept_noSetsInBand_takesThemFromTheDescription() {
        Bytes first = idr(random, 100);
        Bytes second = idr(random, 2000);
        track.feed(camera.picture(0, List.of(first), false));
        track.feed(camera.picture(3600, List.of(second), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, first), List.of(SPS, PPS, second));
        assertThat(track.units).allMatch(AccessUnit::key);
    }

    @Test
    void accept_noSetsAnywhere_hasNoKeyStart() {
        Track unknown = new Track(Codec.H264.unknown());
        unknown.feed(camera.picture(0, List.of(idr(random, 100)), false));

        assertThat(unknown.kinds()).isEqualTo("65");
        assertThat(unknown.marks()).isEqualTo("0m");

        unknown.feed(camera.picture(3600, List.of(SPS, PPS, idr(random, 100)), false));
        assertThat(unknown.marks()).isEqualTo("0m 1k 2m");
        assertThat(unknown.normalizer.codec()).isEqualTo(H264);
    }

    @Test
    void accept_otherSetsInBand_replaceThoseOfTheDescription() {
        Bytes key = idr(random, 100);
        track.feed(camera.picture(0, List.of(OTHER_SPS, OTHER_PPS, key), true));

        assertThat(track.parts()).containsExactly(List.of(OTHER_SPS, OTHER_PPS, key));
        assertThat(track.normalizer.codec()).isEqualTo(new Codec.H264(OTHER_SPS, OTHER_PPS));
    }

    @Test
    void codec_withSetsUnchanged_staysTheSameObject() {
        Codec before = track.normalizer.codec();
        track.feed(camera.picture(0, List.of(SPS, PPS, idr(random, 100)), true));

        assertThat(before).isEqualTo(H264);
        assertThat(track.normalizer.codec()).isSameAs(before);
    }

    @Test
    void accept_setsWithZerosBehind_areTheSameSets() {
        Bytes key = idr(random, 100);
        Codec before = track.normalizer.codec();
        Bytes padded = Bytes.ofHex(SPS.toHex() + "0000");
        track.feed(camera.picture(0, List.of(padded, Bytes.ofHex(PPS.toHex() + "00"), key), true));

        assertThat(track.normalizer.codec()).isSameAs(before);
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_setsChangedBeforeAnotherPicture_precedeIt() {
        Bytes picture = inter(random, 100);
        track.feed(camera.picture(0, List.of(SPS, PPS, picture), false)); // known: nothing to say
        track.feed(camera.picture(3600, List.of(OTHER_PPS, picture), false));
        track.feed(camera.picture(7200, List.of(OTHER_PPS, picture), false));

        assertThat(track.kinds()).isEqualTo("41 78 41 41");
        assertThat(track.marks()).isEqualTo("0m 1 2m 3m");
    }

    @Test
    void accept_severalPictureSets_areAllKept() {
        Bytes second = Bytes.ofHex("684e3c80"); // pic_parameter_set_id 1 (010)
        Bytes key = idr(random, 100);
        track.feed(camera.picture(0, List.of(SPS, PPS, second, key), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, second, key));
        assertThat(track.normalizer.codec()).isEqualTo(H264);
    }

    @Test
    void accept_setsThatDoNotFitOnePacket_leaveEachInItsOwn() {
        byte[] longSet = new byte[1180];
        random.nextBytes(longSet);
        SPS.copyTo(longSet, 0);
        Bytes key = idr(random, 100);
        track.feed(camera.picture(0, List.of(Bytes.of(longSet), PPS, key), false));

        assertThat(track.kinds()).isEqualTo("67 68 65");
        assertThat(track.marks()).isEqualTo("0k 1 2m");
        assertThat(track.parts()).containsExactly(List.of(Bytes.of(longSet), PPS, key));
    }

    @Test
    void accept_setsLongerThanAPacketOrUnreadable_areMalformed() {
        Bytes key = idr(random, 100);
        byte[] tooLong = Arrays.copyOf(SPS.toArray(), 1189);
        tooLong[1188] = 1;
        var tcp = new NalCamera(false, 65_000, 0);
        track.feed(tcp.single(0, Bytes.of(tooLong), false));
        track.feed(tcp.single(0, Bytes.ofHex("6742c01f"), false));
        track.feed(tcp.picture(0, List.of(key), false));

        assertThat(track.malformed).containsExactly("SPS longer than a packet", "ends within a field");
        assertThat(track.normalizer.codec()).isEqualTo(H264);
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_setsWithNumbersCountedUp_areBoundedAndTheLastIsTheCodecs() {
        Bytes pps = PPS;
        for (int i = 1; i <= 40; i++) {
            pps = new BitWriter().ue(i).ue(0).u(16, 0x3c80).nal(0x68);
            track.feed(camera.picture(i * 3600L, List.of(SPS, pps, idr(random, 50)), false));
        }

        assertThat(track.normalizer.codec()).isEqualTo(new Codec.H264(SPS, pps));
        assertThat(track.units.getLast().parts())
                .hasSize(ParameterSets.MAX_SETS + 1)
                .contains(SPS, pps);
    }

    @Test
    void accept_setsInFragments_areRemembered() {
        Bytes key = idr(random, 8);
        track.feed(new NalCamera(false, 8, 0).picture(0, List.of(OTHER_SPS, OTHER_PPS, key), false));

        assertThat(track.normalizer.codec()).isEqualTo(new Codec.H264(OTHER_SPS, OTHER_PPS));
        assertThat(track.parts()).containsExactly(List.of(OTHER_SPS, OTHER_PPS, key));
    }

    /** The Tapo TC70 marks SPS and PPS as frame ends; holding them until the slice keeps the picture whole. */
    @Test
    void accept_setsMarkedAsFrameEnds_waitForTheSlice() {
        Bytes key = idr(random, 3000);
        Bytes next = inter(random, 300);
        track.feed(camera.single(0, SPS, true));
        track.feed(camera.single(0, PPS, true));
        assertThat(track.packets).isEmpty();
        track.feed(camera.picture(0, List.of(key), false));
        track.feed(camera.picture(3600, List.of(next), false));

        assertThat(track.marks()).isEqualTo("0k 1 2 3m 4m");
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key), List.of(next));
    }

    @Test
    void accept_setsMarkedWithATimeOfTheirOwn_waitForTheSlice() {
        Bytes key = idr(random, 300);
        track.feed(camera.single(0, SPS, true));
        track.feed(camera.single(90, PPS, true));
        track.feed(camera.single(180, SEI, true));
        track.feed(camera.picture(3600, List.of(key), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, SEI, key));
        assertThat(track.units.getFirst().ptsTicks()).isEqualTo(3600);
        assertThat(track.marks()).isEqualTo("0k 1 2m");
    }
}
