package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.PPS;
import static oriel.rtp.payload.Units.SPS;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

class NalDepacketizerTest {
    private final Random random = new Random(4);
    private final Depacketizer depacketizer = Depacketizers.of(H264);
    private final List<AccessUnit> units = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private long sequence;

    private void feed(RtpPacket packet) {
        sequence = packet.sequence() + 1;
        try {
            depacketizer.accept(packet, units::add);
        } catch (MalformedException e) {
            malformed.add(e.reason());
        }
    }

    private void feed(long ptsTicks, boolean marker, boolean keyStart, Bytes payload) {
        byte[] array = new byte[12 + payload.length()];
        payload.copyTo(array, 12);
        feed(RtpPacket.take(array, array.length, sequence, ptsTicks, marker, keyStart));
    }

    private List<RtpPacket> packets(AccessUnit... several) {
        List<RtpPacket> packets = new ArrayList<>();
        Packetizer packetizer = Packetizers.of(H264);
        for (AccessUnit unit : several) {
            packetizer.packetize(unit, packets::add);
        }
        return packets;
    }

    private static AccessUnit unit(long ptsTicks, boolean key, Bytes... parts) {
        return new AccessUnit(ptsTicks, Optional.empty(), key, List.of(parts));
    }

    @Test
    void accept_wholeUnits_areViewsOnThePackets() {
        Bytes picture = inter(random, 100);
        RtpPacket packet = packets(unit(0, false, picture)).getFirst();
        feed(packet);

        assertThat(units).containsExactly(unit(0, false, picture));
        assertThat(units.getFirst().parts().getFirst().array()).isSameAs(packet.array());
    }

    @Test
    void accept_joinedInTheMiddleOfAPicture_dropsThatPicture() {
        Bytes next = inter(random, 100);
        List<RtpPacket> packets = packets(
                unit(0, false, inter(random, 100), Units.slice(random, 1, 9, Units.P, 100)), unit(3600, false, next));
        packets.subList(1, packets.size()).forEach(this::feed);

        assertThat(units).containsExactly(unit(3600, false, next));
        assertThat(malformed).isEmpty();
    }

    @Test
    void accept_joinedBehindTheSetsOfAKeyFrame_dropsIt() {
        List<RtpPacket> packets = packets(unit(0, true, idr(random, 100)), unit(3600, true, idr(random, 100)));
        packets.subList(1, packets.size()).forEach(this::feed);

        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(3600L);
    }

    @Test
    void accept_pictureWithoutMarker_endsAtTheNextTime() {
        Bytes first = inter(random, 50);
        Bytes second = inter(random, 50);
        feed(0, false, false, first);
        feed(3600, false, false, second);
        feed(7200, true, false, first);

        assertThat(units).containsExactly(unit(0, false, first), unit(3600, false, second), unit(7200, false, first));
    }

    @Test
    void accept_setsWithoutSlice_areNoPicture() {
        feed(0, true, false, SPS);
        feed(3600, true, false, inter(random, 50));

        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(3600L);
    }

    @Test
    void accept_moreThan256Units_dropsThePictureAndWaitsForAKeyFrame() {
        for (int i = 0; i < 257; i++) {
            feed(0, i == 256, false, Units.slice(random, 1, i, Units.P, 20));
        }
        feed(3600, true, false, inter(random, 50));
        feed(7200, false, true, SPS);
        feed(7200, false, false, PPS);
        feed(7200, true, false, idr(random, 50));
        feed(10_800, true, false, inter(random, 50));

        assertThat(malformed).containsExactly("access unit of more than 256 NAL units");
        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(7200L, 10_800L);
    }

    @Test
    void accept_endlessFragments_areBounded() {
        feed(0, false, false, Bytes.ofHex("7c81"));
        for (int i = 0; malformed.isEmpty(); i++) {
            assertThat(i).isLessThan(NalDepacketizer.MAX_FRAGMENTS);
            feed(0, false, false, Bytes.ofHex("7c01"));
        }

        assertThat(malformed).containsExactly("NAL unit of more than 16384 fragments");
    }

    @ParameterizedTest
    @CsvSource({
        "41, packet without NAL unit",
        "7c, packet without NAL unit",
        "7c01aa, FU-A without start",
        "7800, aggregate cut off",
        "78000541ff, aggregate cut off",
        "78000141, aggregate cut off",
        "7901, STAP-B is unsupported",
    })
    void accept_brokenPacket_dropsItsPictureOnly(String payload, String reason) {
        feed(0, false, false, inter(random, 50));
        feed(0, true, false, Bytes.ofHex(payload));
        feed(3600, true, false, inter(random, 50));

        assertThat(malformed).containsExactly(reason);
        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(3600L);
    }

    @ParameterizedTest
    @CsvSource({"7c81aa 41aabb, FU-A without end", "7c81aa 7c81aa, FU-A without end"})
    void accept_fragmentWithoutEnd_dropsItsPicture(String payloads, String reason) {
        for (String payload : payloads.split(" ")) {
            feed(0, false, false, Bytes.ofHex(payload));
        }
        feed(3600, true, false, inter(random, 50));

        assertThat(malformed).containsExactly(reason);
        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(3600L);
    }

    @Test
    void accept_pictureEndsWithinAFragment_isDropped() {
        feed(0, true, false, Bytes.ofHex("7c81aa"));
        feed(3600, false, false, Bytes.ofHex("7c81aa"));
        feed(7200, true, false, inter(random, 50));

        assertThat(units).extracting(AccessUnit::ptsTicks).containsExactly(7200L);
    }
}
