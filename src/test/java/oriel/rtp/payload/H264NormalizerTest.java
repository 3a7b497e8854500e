package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.AUD;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.OTHER_PPS;
import static oriel.rtp.payload.Units.OTHER_SPS;
import static oriel.rtp.payload.Units.PPS;
import static oriel.rtp.payload.Units.SEI;
import static oriel.rtp.payload.Units.SPS;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpPacket;

class H264NormalizerTest {
    private final Random random = new Random(264);
    private final Track track = new Track(H264);
    private final NalCamera camera = new NalCamera(false, 1400, 100);

    @Test
    void accept_smallPictures_leaveAsSinglePacketsWithTheirSets() {
        Bytes key = idr(random, 900);
        Bytes next = inter(random, 500);
        track.feed(camera.picture(1000, List.of(SPS, PPS, key), false));
        track.feed(camera.picture(4600, List.of(next), false));

        assertThat(track.kinds()).isEqualTo("78 65 41");
        assertThat(track.marks()).isEqualTo("0k 1m 2m");
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key), List.of(next));
        assertThat(track.units).extracting(AccessUnit::key).containsExactly(true, false);
        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(1000L, 4600L);
    }

    @Test
    void accept_stapAOfSets_isWrittenAsRfc6184Says() {
        track.feed(camera.picture(0, List.of(SPS, PPS, idr(random, 100)), true));
        RtpPacket sets = track.packets.getFirst();

        // 78: NRI 3, type 24; each unit behind its size.
        assertThat(Bytes.of(sets.array(), 12, sets.payloadLength()).toHex())
                .isEqualTo("78" + "0011" + SPS.toHex() + "0004" + PPS.toHex());
        assertThat(sets.marker()).isFalse();
        assertThat(sets.keyStart()).isTrue();
    }

    @Test
    void accept_largeUnit_isCutIntoEqualFragments() {
        Bytes key = idr(random, 5000);
        track.feed(camera.picture(0, List.of(key), false));
        List<RtpPacket> fragments = track.packets.subList(1, track.packets.size());

        assertThat(fragments)
                .extracting(RtpPacket::length)
                .containsExactly(1200, 1200, 1200, 1200, 14 + 4999 - 4 * 1186);
        for (RtpPacket fragment : fragments) {
            assertThat(fragment.array()[12]).isEqualTo((byte) 0x7c); // F 0, NRI 3, type 28
        }
        assertThat(fragments.getFirst().array()[13]).isEqualTo((byte) 0x85); // S, type 5
        assertThat(fragments.get(1).array()[13]).isEqualTo((byte) 0x05);
        assertThat(fragments.getLast().array()[13]).isEqualTo((byte) 0x45); // E, type 5
        assertThat(track.marks()).isEqualTo("0k 1 2 3 4 5m");
    }

    @ParameterizedTest
    @ValueSource(ints = {1187, 1188, 1189, 1190, 2372, 2373, 2374, 4096})
    void accept_unitsAtTheLimits_areWholeOrFragments(int size) {
        Bytes key = idr(random, size);
        track.feed(new NalCamera(false, 65_000, 0).picture(0, List.of(key), false));

        int fragments = size <= 1188 ? 1 : (size - 1 + 1185) / 1186;
        assertThat(track.packets).hasSize(1 + fragments);
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    /** Random pictures through random cameras come out as they went in, but for the sets before key frames. */
    @ParameterizedTest
    @CsvSource({
        "100, true",
        "576, false",
        "1200, true",
        "1400, true",
        "1400, false",
        "1460, true",
        "9000, true",
        "65000, true",
        "65000, false"
    })
    void accept_anyPicturesByAnyCamera_keepEveryByte(int mtu, boolean aggregates) {
        var anyCamera = new NalCamera(false, mtu, 65_500);
        long timestamp = 0xFFFF_FFFFL - 90_000;
        List<List<Bytes>> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Bytes> sent = new ArrayList<>();
            List<Bytes> kept = new ArrayList<>();
            boolean key = i % 10 == 0;
            if (random.nextBoolean()) {
                sent.add(AUD);
            }
            if (key) {
                kept.addAll(List.of(SPS, PPS));
                if (random.nextBoolean()) {
                    sent.addAll(List.of(SPS, PPS));
                }
            }
            if (random.nextBoolean()) {
                sent.add(SEI);
                kept.add(SEI);
            }
            int slices = 1 + random.nextInt(4);
            for (int s = 0; s < slices; s++) {
                int size = 20 + random.nextInt(1 << (4 + random.nextInt(10)));
                Bytes slice = Units.slice(random, key ? 5 : 1, s * 100, key ? Units.I : Units.P, size);
                sent.add(slice);
                kept.add(slice);
            }
            track.feed(anyCamera.picture(timestamp, sent, aggregates));
            timestamp += 3600;
            expected.add(kept);
        }

        assertThat(track.malformed).isEmpty();
        assertThat(track.parts()).isEqualTo(expected);
        for (int i = 1; i < track.units.size(); i++) {
            assertThat(track.units.get(i).ptsTicks() - track.units.get(i - 1).ptsTicks())
                    .isEqualTo(3600);
        }
        assertThat(track.packets.getLast().sequence()).isEqualTo(track.packets.size() - 1L);
        assertFragmentsAreFull();
    }

    private void assertFragmentsAreFull() {
        for (RtpPacket packet : track.packets) {
            boolean fragment = (packet.array()[12] & 0x1F) == 28;
            if (fragment && (packet.array()[13] & 0x40) == 0) {
                assertThat(packet.length()).isEqualTo(RtpPacket.MAX_BYTES);
            }
        }
    }

    @Test
    void accept_fragmentsOfTheCamera_leaveAsSoonAsAPacketIsFull() {
        Bytes key = idr(random, 10_000);
        List<byte[]> fragments = camera.fragments(0, key, true);

        track.feed(fragments.getFirst()); // 1398 bytes of the unit: the sets, one full packet, 212 bytes wait
        assertThat(track.packets).hasSize(2);
        assertThat(track.packets.get(1).length()).isEqualTo(1200);
        track.feed(fragments.get(1)); // 2796
        assertThat(track.packets).hasSize(3);
        track.feed(fragments.subList(2, fragments.size()));
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_fragmentOfExactlyOnePacket_leavesAtOnce() {
        Bytes key = idr(random, 3000);
        track.feed(camera.fragment(0, key, key.slice(1, 1186), true, false, false));

        assertThat(track.packets).hasSize(2);
        track.feed(camera.fragment(0, key, key.slice(1187, 1186), false, false, false));
        assertThat(track.packets).hasSize(3);
        track.feed(camera.fragment(0, key, key.slice(2373, 627), false, true, true));
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300, 1186, 1187, 1188})
    void accept_fragmentsThatFitOnePacket_leaveAsSingleUnit(int size) {
        Bytes key = idr(random, size);
        int half = (size - 1) / 2;
        track.feed(camera.fragment(0, key, key.slice(1, half), true, false, false));
        track.feed(camera.fragment(0, key, key.slice(1 + half, size - 1 - half), false, true, true));

        assertThat(track.kinds()).isEqualTo("78 65");
        assertThat(track.marks()).isEqualTo("0k 1m");
        assertThat(track.packets.get(1).length()).isEqualTo(12 + size);
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_fragmentThatStartsAndEnds_isAUnit() {
        Bytes key = idr(random, 700);
        track.feed(camera.fragment(0, key, key.slice(1, 699), true, true, true));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_emptyFragments_changeNothing() {
        Bytes key = idr(random, 3000);
        Bytes none = Bytes.empty();
        track.feed(camera.fragment(0, key, none, true, false, false));
        track.feed(camera.fragment(0, key, key.slice(1, 2999), false, false, false));
        track.feed(camera.fragment(0, key, none, false, true, true));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_seiBeforeSets_comesOutBehindThem() {
        Bytes key = idr(random, 300);
        track.feed(camera.picture(0, List.of(SEI, SPS, PPS, key), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, SEI, key));
        assertThat(track.marks()).isEqualTo("0k 1 2m");
    }

    @Test
    void accept_seiBetweenSlices_keepsItsPlace() {
        Bytes key = idr(random, 300);
        Bytes more = Units.slice(random, 5, 10, Units.I, 300);
        track.feed(camera.picture(0, List.of(key, SEI, more), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key, SEI, more));
    }

    @Test
    void accept_seiWithoutSlices_isBounded() {
        for (int i = 0; i < 1000; i++) {
            track.feed(camera.single(i, SEI, true));
        }
        track.feed(camera.picture(5000, List.of(idr(random, 100)), false));

        assertThat(track.packets).hasSize(1 + 16 + 1);
    }

    @Test
    void accept_noise_isDropped() {
        Bytes key = idr(random, 300);
        track.feed(camera.picture(0, List.of(AUD, key, Units.FILLER), false));
        track.feed(camera.single(0, Bytes.ofHex("1e0102"), false)); // type 30: undefined, receivers ignore it
        track.feed(camera.picture(3600, List.of(inter(random, 9), Units.END_OF_SEQUENCE), true));

        assertThat(track.kinds()).isEqualTo("78 65 41");
        assertThat(track.malformed).isEmpty();
    }

    @Test
    void accept_noiseInFragments_isDropped() {
        var tiny = new NalCamera(false, 10, 0);
        track.feed(tiny.fragments(0, Bytes.ofHex("0c" + "ff".repeat(60) + "80"), false));
        track.feed(tiny.single(0, idr(random, 8), true));

        assertThat(track.kinds()).isEqualTo("78 65");
        assertThat(track.malformed).isEmpty();
    }

    @Test
    void accept_slicesOfAKeyFrame_haveSetsBeforeTheFirstOnly() {
        Bytes first = idr(random, 2000);
        Bytes second = Units.slice(random, 5, 40, Units.I, 2000);
        track.feed(camera.picture(0, List.of(first, second), false));

        assertThat(track.kinds()).isEqualTo("78 7c 7c 7c 7c");
        assertThat(track.marks()).isEqualTo("0k 1 2 3 4m");
    }

    @Test
    void accept_cameraThatMarksEachSlice_keepsThePictureTogether() {
        Bytes first = idr(random, 200);
        Bytes second = Units.slice(random, 5, 40, Units.I, 200);
        track.feed(camera.single(0, first, true));
        track.feed(camera.single(0, second, true));
        track.feed(camera.single(3600, inter(random, 100), true));

        assertThat(track.kinds()).isEqualTo("78 65 65 41");
        assertThat(track.marks()).isEqualTo("0k 1m 2m 3m");
    }

    @Test
    void accept_twoKeyFramesOfOneTimestamp_areTold() {
        track.feed(camera.single(0, idr(random, 200), true));
        track.feed(camera.single(0, idr(random, 200), true));

        assertThat(track.kinds()).isEqualTo("78 65 78 65");
        assertThat(track.marks()).isEqualTo("0k 1m 2k 3m");
    }

    @Test
    void accept_endedByMarkerWithoutEndBit_endsTheUnit() {
        Bytes key = idr(random, 3000);
        track.feed(camera.fragment(0, key, key.slice(1, 1300), true, false, false));
        track.feed(camera.fragment(0, key, key.slice(1301, 1699), false, false, true));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    /** Some cameras take what their encoder gave, start codes and all, for one unit. */
    @ParameterizedTest
    @ValueSource(ints = {1400, 300, 65_000})
    void accept_unitsGluedByStartCodes_areParted(int mtu) {
        Bytes key = idr(new Random(1), 3000);
        String glued =
                OTHER_SPS.toHex() + "00000001" + OTHER_PPS.toHex() + "000001" + SEI.toHex() + "00000001" + key.toHex();
        var anyCamera = new NalCamera(false, mtu, 0);
        track.feed(anyCamera.picture(0, List.of(Bytes.ofHex(glued)), false));
        track.feed(anyCamera.picture(3600, List.of(inter(random, 700)), false));

        assertThat(track.parts().getFirst()).isEqualTo(List.of(OTHER_SPS, OTHER_PPS, SEI, key));
        assertThat(track.parts()).hasSize(2);
        assertThat(track.normalizer.codec()).isEqualTo(new Codec.H264(OTHER_SPS, OTHER_PPS));
    }

    @Test
    void accept_delimiterGluedToAll_isParted() {
        Bytes key = idr(new Random(1), 500);
        String glued = AUD.toHex() + "00000001" + SPS.toHex() + "00000001" + PPS.toHex() + "00000001" + key.toHex();
        track.feed(camera.single(0, Bytes.ofHex(glued), true));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_setsWithoutEmulationPrevention_stayWhole() {
        // num_units_in_tick 1 and time_scale 50, unescaped: no unit begins with 00.
        Bytes sps = Bytes.ofHex("6742c0168c680a02f797 00000001 00000032 80");
        Bytes key = idr(random, 500);
        track.feed(camera.picture(0, List.of(sps, PPS, key), false));

        assertThat(track.parts()).containsExactly(List.of(sps, PPS, key));
    }

    @Test
    void accept_startCodesInsideOfSlices_areLeftAlone() {
        byte[] slice = idr(random, 500).toArray();
        System.arraycopy(Bytes.ofHex("00000001" + SPS.toHex()).toArray(), 0, slice, 100, 21);
        track.feed(camera.picture(0, List.of(Bytes.of(slice)), false));

        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, Bytes.of(slice)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', packet without NAL unit",
        "65, empty NAL unit",
        "67, empty NAL unit",
        "7985, STAP-B is unsupported",
        "7a0102, MTAP16 is unsupported",
        "7b0102, MTAP24 is unsupported",
        "7d850102, FU-B is unsupported",
        "7c, FU-A cut off",
        "7c05aa, FU-A without start",
        "7c45, FU-A without start",
        "7cc5, empty NAL unit",
        "7cc7, empty NAL unit",
        "7c98aabb, STAP-A in fragments",
        "7c9caabb, FU-A in fragments",
        "7800, aggregate cut off",
        "78000365, aggregate cut off",
        "780000, empty NAL unit",
        "78000165, empty NAL unit",
        "7800027c85, FU-A inside of another packet",
        "78000278aa, STAP-A inside of another packet",
    })
    void accept_brokenPacket_isMalformedAndTheNextIsTaken(String payload, String reason) {
        track.feed(camera.packet(0, Bytes.ofHex(payload).toArray(), false));
        assertThat(track.malformed).containsExactly(reason);

        Bytes key = idr(random, 300);
        track.feed(camera.picture(3600, List.of(key), false));
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_aggregateOfVeryMany_isBounded() {
        track.feed(new NalCamera(false, 65_000, 0)
                .packet(0, Bytes.ofHex("78" + "00024100".repeat(257)).toArray(), false));

        assertThat(track.malformed).containsExactly("aggregate of more than 256 units");
        assertThat(track.packets).hasSize(256);
    }

    @Test
    void accept_setsInFragmentsWithoutEnd_areBounded() {
        Bytes sps = Bytes.of(Arrays.copyOf(SPS.toArray(), 3000));
        track.feed(camera.fragments(0, sps, false));

        assertThat(track.malformed).containsExactly("SEI or parameter set in fragments longer than a packet");
    }

    @Test
    void accept_hugeFrame_passes() {
        Bytes key = idr(random, 3_000_000);
        track.feed(camera.picture(0, List.of(key), false));

        assertThat(track.packets).hasSize(1 + (2_999_999 + 1185) / 1186);
        assertThat(track.parts()).containsExactly(List.of(SPS, PPS, key));
    }

    @Test
    void accept_frameBeyondTheBound_isDroppedByTheDepacketizerOnly() throws Exception {
        Normalizer normalizer = Normalizers.of(H264);
        Depacketizer depacketizer = Depacketizers.of(H264);
        List<AccessUnit> units = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        PacketOutput output = packet -> {
            try {
                depacketizer.accept(packet, units::add);
            } catch (MalformedException e) {
                reasons.add(e.reason());
            }
        };
        List<byte[]> packets = new ArrayList<>(camera.picture(0, List.of(idr(random, 9 << 20)), false));
        packets.addAll(camera.picture(3600, List.of(inter(random, 100)), false));
        packets.addAll(camera.picture(7200, List.of(idr(random, 100)), false));
        for (byte[] packet : packets) {
            var view = RtpBytes.view(packet);
            normalizer.accept(view, view.timestamp(), output);
        }

        assertThat(reasons).containsExactly("access unit of more than 8388608 bytes");
        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(7200L);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, false"})
    void reordersPictures_afterEachTypeOfSlice_isTrueForB(int type, boolean expected) {
        Track reordering = new Track(new Codec.H264(Units.SPS_FOR_B, PPS));
        reordering.feed(camera.picture(0, List.of(idr(random, 300)), false));
        assertThat(reordering.normalizer.reordersPictures()).isFalse();
        reordering.feed(camera.picture(3600, List.of(Units.slice(random, 1, 0, type, 3000)), false));

        assertThat(reordering.normalizer.reordersPictures()).isEqualTo(expected);
    }

    @Test
    void reordersPictures_whereTheSetExcludesIt_isFalse() {
        track.feed(camera.picture(0, List.of(Units.slice(random, 1, 0, Units.B, 300)), false));

        assertThat(track.normalizer.reordersPictures()).isFalse(); // picture order type 2, 0 frames reordered
    }

    @Test
    void reordersPictures_withoutReadableSet_isToldByTheSlices() {
        Track unknown = new Track(Codec.H264.unknown());
        unknown.feed(camera.picture(0, List.of(Units.slice(random, 1, 0, Units.B, 300)), false));

        assertThat(unknown.normalizer.reordersPictures()).isTrue();
    }
}
