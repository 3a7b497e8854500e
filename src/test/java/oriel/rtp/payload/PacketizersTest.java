package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.H265;
import static oriel.rtp.payload.Units.HEVC_PPS;
import static oriel.rtp.payload.Units.HEVC_SPS;
import static oriel.rtp.payload.Units.HEVC_VPS;
import static oriel.rtp.payload.Units.OTHER_PPS;
import static oriel.rtp.payload.Units.OTHER_SPS;
import static oriel.rtp.payload.Units.PPS;
import static oriel.rtp.payload.Units.SEI;
import static oriel.rtp.payload.Units.SPS;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;
import static oriel.rtp.payload.Units.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.rtp.RtpPacket;

class PacketizersTest {
    private final Random random = new Random(9);
    private final List<RtpPacket> packets = new ArrayList<>();

    private static AccessUnit unit(long ptsTicks, boolean key, Bytes... parts) {
        return new AccessUnit(ptsTicks, Optional.empty(), key, List.of(parts));
    }

    private List<AccessUnit> depacketize(Codec codec) {
        List<AccessUnit> units = new ArrayList<>();
        Depacketizer depacketizer = Depacketizers.of(codec);
        for (RtpPacket packet : packets) {
            try {
                depacketizer.accept(packet, units::add);
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
        }
        return units;
    }

    @Test
    void packetize_h264_depacketizesToTheSame() {
        Packetizer packetizer = Packetizers.of(H264);
        List<AccessUnit> sent = List.of(
                unit(0, true, SPS, PPS, SEI, idr(random, 40_000)),
                unit(3600, false, inter(random, 1188), Units.slice(random, 1, 9, Units.P, 1189)),
                unit(7200, false, SEI, inter(random, 20)));
        sent.forEach(unit -> packetizer.packetize(unit, packets::add));

        assertThat(depacketize(H264)).isEqualTo(sent);
        assertThat(packets.getFirst().keyStart()).isTrue();
        assertThat(packets.stream().filter(RtpPacket::marker)).hasSize(3);
        assertThat(packets.getLast().sequence()).isEqualTo(packets.size() - 1L);
    }

    @Test
    void packetize_h265_depacketizesToTheSame() {
        Packetizer packetizer = Packetizers.of(H265);
        List<AccessUnit> sent = List.of(
                unit(0, true, HEVC_VPS, HEVC_SPS, HEVC_PPS, segment(random, 20, true, 2, 40_000)),
                unit(3600, false, segment(random, 1, true, 1, 1189), segment(random, 1, false, 1, 5)));
        sent.forEach(unit -> packetizer.packetize(unit, packets::add));

        assertThat(depacketize(H265)).isEqualTo(sent);
    }

    @Test
    void packetize_keyFrameWithoutSets_getsThem() {
        Bytes key = idr(random, 100);
        Packetizers.of(H264).packetize(unit(0, true, key), packets::add);

        assertThat(depacketize(H264)).containsExactly(unit(0, true, SPS, PPS, key));
    }

    @Test
    void packetize_setsInAUnit_areUsedFromThereOn() {
        Bytes key = idr(random, 100);
        Packetizer packetizer = Packetizers.of(Codec.H264.unknown());
        packetizer.packetize(unit(0, true, OTHER_SPS, OTHER_PPS, key), packets::add);
        packetizer.packetize(unit(3600, true, key), packets::add);

        assertThat(depacketize(H264))
                .containsExactly(unit(0, true, OTHER_SPS, OTHER_PPS, key), unit(3600, true, OTHER_SPS, OTHER_PPS, key));
    }

    @Test
    void packetize_brokenPart_isLeftOutWithAGap() {
        Packetizer packetizer = Packetizers.of(H264);
        packetizer.packetize(unit(0, true, idr(random, 100)), packets::add);
        packetizer.packetize(unit(3600, false, Bytes.ofHex("7c85"), inter(random, 100)), packets::add);

        assertThat(packets).extracting(RtpPacket::sequence).containsExactly(0L, 1L, 3L);
    }

    @Test
    void supports_eachCodec_agreesWithOf() {
        List<Codec> yes = List.of(
                H264,
                H265,
                new Codec.Aac(8000, 1, Bytes.empty()),
                new Codec.Opus(),
                new Codec.G711(Codec.G711.Law.A, 8000, 1),
                new Codec.G722(),
                new Codec.L16(8000, 1));
        List<Codec> inOnly = List.of(new Codec.Mjpeg(), new Codec.Vp8(), new Codec.Vp9(), new Codec.Av1());
        Codec unknown = new Codec.Unknown(MediaKind.VIDEO, "X", 90_000);

        for (Codec codec : yes) {
            assertThat(Packetizers.supports(codec)).isTrue();
            assertThat(Depacketizers.supports(codec)).isTrue();
            assertThat(Packetizers.of(codec)).isNotNull();
            assertThat(Depacketizers.of(codec)).isNotNull();
        }
        for (Codec codec : inOnly) {
            assertThat(Packetizers.supports(codec)).isFalse();
            assertThat(Depacketizers.supports(codec)).isTrue();
            assertThat(Depacketizers.of(codec)).isNotNull();
            assertThatThrownBy(() -> Packetizers.of(codec)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Packetizers.supports(unknown)).isFalse();
        assertThat(Depacketizers.supports(unknown)).isFalse();
        assertThatThrownBy(() -> Packetizers.of(unknown)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Depacketizers.of(unknown)).isInstanceOf(IllegalArgumentException.class);
    }
}
