package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.H265;
import static oriel.rtp.payload.Units.HEVC_AUD;
import static oriel.rtp.payload.Units.HEVC_PPS;
import static oriel.rtp.payload.Units.HEVC_SEI;
import static oriel.rtp.payload.Units.HEVC_SEI_SUFFIX;
import static oriel.rtp.payload.Units.HEVC_SPS;
import static oriel.rtp.payload.Units.HEVC_VPS;
import static oriel.rtp.payload.Units.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.bitstream.BitWriter;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;

class H265NormalizerTest {
    private static final int P = 1;
    private static final int I = 2;

    private final Random random = new Random(265);
    private final Track track = new Track(H265);
    private final NalCamera camera = new NalCamera(true, 1400, 100);

    @Test
    void accept_smallPictures_leaveAsSinglePacketsWithTheirSets() {
        Bytes key = segment(random, 19, true, I, 900);
        Bytes next = segment(random, 1, true, P, 500);
        track.feed(camera.picture(1000, List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS, key), false));
        track.feed(camera.picture(4600, List.of(next), false));

        assertThat(track.kinds()).isEqualTo("60 26 02");
        assertThat(track.marks()).isEqualTo("0k 1m 2m");
        assertThat(track.parts()).containsExactly(List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS, key), List.of(next));
        assertThat(track.units).extracting(AccessUnit::key).containsExactly(true, false);
    }

    @Test
    void accept_aggregateOfSets_isWrittenAsRfc7798Says() {
        track.feed(camera.picture(0, List.of(segment(random, 20, true, I, 100)), true));
        RtpPacket sets = track.packets.getFirst();

        // 60 01: type 48, layer 0, TID 1; each unit behind its size.
        assertThat(Bytes.of(sets.array(), 12, sets.payloadLength()).toHex())
                .isEqualTo("6001"
                        + "%04x".formatted(HEVC_VPS.length()) + HEVC_VPS.toHex()
                        + "%04x".formatted(HEVC_SPS.length()) + HEVC_SPS.toHex()
                        + "%04x".formatted(HEVC_PPS.length()) + HEVC_PPS.toHex());
    }

    @Test
    void accept_largeUnit_isCutIntoEqualFragments() {
        Bytes key = segment(random, 21, true, I, 4000);
        track.feed(camera.picture(0, List.of(key), false));
        List<RtpPacket> fragments = track.packets.subList(1, track.packets.size());

        assertThat(fragments).extracting(RtpPacket::length).containsExactly(1200, 1200, 1200, 15 + 3998 - 3 * 1185);
        for (RtpPacket fragment : fragments) {
            assertThat(Bytes.of(fragment.array(), 12, 2).toHex()).isEqualTo("6201"); // type 49, layer 0, TID 1
        }
        assertThat(fragments.getFirst().array()[14]).isEqualTo((byte) 0x95); // S, type 21
        assertThat(fragments.get(1).array()[14]).isEqualTo((byte) 0x15);
        assertThat(fragments.getLast().array()[14]).isEqualTo((byte) 0x55); // E, type 21
        assertThat(track.marks()).isEqualTo("0k 1 2 3 4m");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "1200, true", "1400, true", "1400, false", "1460, true", "65000, true"})
    void accept_anyPicturesByAnyCamera_keepEveryByte(int mtu, boolean aggregates) {
        var anyCamera = new NalCamera(true, mtu, 65_500);
        long timestamp = 0xFFFF_FFFFL - 90_000;
        List<List<Bytes>> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Bytes> sent = new ArrayList<>();
            List<Bytes> kept = new ArrayList<>();
            boolean key = i % 10 == 0;
            if (random.nextBoolean()) {
                sent.add(HEVC_AUD);
            }
            if (key) {
                kept.addAll(List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS));
                if (random.nextBoolean()) {
                    sent.addAll(kept);
                }
            }
            if (random.nextBoolean()) {
                sent.add(HEVC_SEI);
                kept.add(HEVC_SEI);
            }
            for (int s = 0; s <= random.nextInt(4); s++) {
                int size = 20 + random.nextInt(1 << (4 + random.nextInt(10)));
                Bytes segment = segment(random, key ? 16 + random.nextInt(6) : 1, s == 0, key ? I : P, size);
                sent.add(segment);
                kept.add(segment);
            }
            if (random.nextBoolean()) {
                sent.add(HEVC_SEI_SUFFIX);
                kept.add(HEVC_SEI_SUFFIX);
            }
            track.feed(anyCamera.picture(timestamp, sent, aggregates));
            timestamp += 3600;
            expected.add(kept);
        }

        assertThat(track.malformed).isEmpty();
        assertThat(track.parts()).isEqualTo(expected);
        assertThat(track.units)
                .extracting(AccessUnit::key)
                .startsWith(true, false)
                .contains(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300, 1185, 1186, 1187, 1188})
    void accept_fragmentsThatFitOnePacket_leaveAsSingleUnit(int size) {
        Bytes key = segment(random, 19, true, I, size);
        int half = (size - 2) / 2;
        track.feed(camera.fragment(0, key, key.slice(2, half), true, false, false));
        track.feed(camera.fragment(0, key, key.slice(2 + half, size - 2 - half), false, true, true));

        assertThat(track.kinds()).isEqualTo("60 26");
        assertThat(track.parts()).containsExactly(List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS, key));
    }

    @Test
    void accept_gapInAUnit_dropsItUntilTheNextStart() {
        Bytes next = segment(random, 1, true, P, 300);
        List<byte[]> packets = camera.picture(0, List.of(segment(random, 19, true, I, 9000)), false);
        packets.remove(2);
        track.feed(packets);
        track.feed(camera.picture(3600, List.of(next), false));

        assertThat(track.parts()).containsExactly(List.of(next));
    }

    @Test
    void accept_gapOverTheFirstSegment_leavesNoKeyStart() {
        track.feed(camera.single(0, segment(random, 1, true, P, 100), true));
        camera.lose();
        track.feed(camera.single(3600, segment(random, 19, false, I, 100), true));

        assertThat(track.marks()).isEqualTo("0m 2 3m");
    }

    @Test
    void accept_setsMissingOne_haveNoKeyStart() {
        Track unknown = new Track(new Codec.H265(Bytes.empty(), HEVC_SPS, HEVC_PPS));
        unknown.feed(camera.picture(0, List.of(segment(random, 19, true, I, 100)), false));
        assertThat(unknown.marks()).isEqualTo("0m");

        unknown.feed(camera.picture(3600, List.of(HEVC_VPS, segment(random, 19, true, I, 100)), false));
        assertThat(unknown.marks()).isEqualTo("0m 1k 2m");
        assertThat(unknown.normalizer.codec()).isEqualTo(H265);
    }

    @Test
    void accept_unitsGluedByStartCodes_areParted() {
        Bytes key = segment(new Random(1), 19, true, I, 3000);
        String glued = HEVC_VPS.toHex() + "00000001" + HEVC_SPS.toHex() + "00000001" + HEVC_PPS.toHex() + "000001"
                + key.toHex();
        track.feed(camera.picture(0, List.of(Bytes.ofHex(glued)), false));

        assertThat(track.parts()).containsExactly(List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS, key));
    }

    @ParameterizedTest
    @CsvSource({
        "'', packet without NAL unit",
        "02, packet without NAL unit",
        "0201, empty NAL unit",
        "640100, PACI is unsupported",
        "6201, FU cut off",
        "620113aa, FU without start",
        "6201b0aa, AP in fragments",
        "600100, aggregate cut off",
        "6001000302, aggregate cut off",
        "6001000102, empty NAL unit",
        "60010003620113, FU inside of another packet",
        "4201ffff, sps_max_sub_layers_minus1 out of range",
    })
    void accept_brokenPacket_isMalformedAndTheNextIsTaken(String payload, String reason) {
        track.feed(camera.packet(0, Bytes.ofHex(payload).toArray(), false));
        assertThat(track.malformed).containsExactly(reason);

        Bytes key = segment(random, 19, true, I, 300);
        track.feed(camera.picture(3600, List.of(key), false));
        assertThat(track.parts()).containsExactly(List.of(HEVC_VPS, HEVC_SPS, HEVC_PPS, key));
    }

    @Test
    void accept_setAbsurdlyLarge_isMalformed() {
        Bytes sps = new BitWriter()
                .u(4, 0)
                .u(3, 0)
                .u(1, 1)
                .u(8, 1)
                .u(32, 0)
                .u(48, 0)
                .u(8, 120)
                .ue(0)
                .ue(1)
                .ue(65_535)
                .ue(65_535)
                .u(1, 0)
                .nal(0x42, 1);
        track.feed(camera.single(0, sps, false));

        assertThat(track.malformed).containsExactly("pic_width_in_luma_samples out of range");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "0, 0, false", "1, 1, false", "2, 1, false"}) // slice types: 0 B, 1 P, 2 I
    void reordersPictures_needsBSlicesAndASetThatAllowsIt(int type, int reorder, boolean expected) {
        Track reordering = new Track(new Codec.H265(HEVC_VPS, Units.hevcSps(reorder), HEVC_PPS));
        reordering.feed(camera.picture(0, List.of(segment(random, 1, true, type, 3000)), false));

        assertThat(reordering.normalizer.reordersPictures()).isEqualTo(expected);
    }
}
