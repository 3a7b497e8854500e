package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.Codec.G711.Law;
import oriel.rtp.RtpPacket;

/** Sound from a camera's packets to units. */
class SoundTest {
    private static final Codec.Aac AAC = new Codec.Aac(16_000, 1, Bytes.ofHex("1408"));

    private final Random random = new Random(44);
    private final NalCamera camera = new NalCamera(false, 0, 65_530);

    private byte[] any(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void accept_opus_passesAsItIs() {
        Track track = new Track(new Codec.Opus());
        byte[] first = any(80);
        byte[] second = any(1188);
        track.feed(camera.packet(0xFFFF_FFFFL, first, true));
        track.feed(camera.packet(959, second, false));

        assertThat(track.marks()).isEqualTo("0km 1k");
        assertThat(track.parts()).containsExactly(List.of(Bytes.of(first)), List.of(Bytes.of(second)));
        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(0xFFFF_FFFFL, 0x1_0000_03BFL);
        assertThat(track.units).allMatch(AccessUnit::key);
    }

    @Test
    void accept_opusLongerThanAPacketOrEmpty_isMalformed() {
        Track track = new Track(new Codec.Opus());
        track.feed(camera.packet(0, any(100), false));
        track.feed(camera.packet(960, any(1189), false));
        track.feed(camera.packet(1920, any(0), false));
        track.feed(camera.packet(2880, any(100), false));

        assertThat(track.malformed).containsExactly("OPUS payload longer than a packet", "empty payload");
        assertThat(track.marks()).isEqualTo("0k 2k");
    }

    @ParameterizedTest
    @CsvSource({
        "PCMA, 1, 1188, 1188",
        "PCMU, 2, 1188, 594",
        "G722, 1, 1188, 1188",
        "L16, 1, 1188, 594",
        "L16, 2, 1188, 297",
        "L16, 5, 1180, 118",
    })
    void accept_samplesLongerThanAPacket_arePartedBetweenSamples(String name, int channels, int bytes, int ticks) {
        Codec codec = switch (name) {
            case "PCMA" -> new Codec.G711(Law.A, 8000, channels);
            case "PCMU" -> new Codec.G711(Law.MU, 8000, channels);
            case "G722" -> new Codec.G722();
            default -> new Codec.L16(16_000, channels);
        };
        Track track = new Track(codec);
        byte[] samples = any(3000);
        track.feed(camera.packet(5000, samples, true));

        assertThat(track.packets).extracting(RtpPacket::payloadLength).containsExactly(bytes, bytes, 3000 - 2 * bytes);
        assertThat(track.packets)
                .extracting(RtpPacket::ptsTicks)
                .containsExactly(5000L, 5000L + ticks, 5000L + 2L * ticks);
        assertThat(track.marks()).isEqualTo("0km 1k 2k");
        assertThat(joined(track)).isEqualTo(Bytes.of(samples));
    }

    private static Bytes joined(Track track) {
        byte[] all = new byte[0];
        for (AccessUnit unit : track.units) {
            Bytes part = unit.parts().getFirst();
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length());
            part.copyTo(all, before);
        }
        return Bytes.of(all);
    }

    @Test
    void accept_samplesThatFit_passAsTheyAre() {
        Track track = new Track(new Codec.G711(Law.A, 8000, 1));
        byte[] samples = any(160);
        track.feed(camera.packet(0, samples, false));
        camera.lose();
        track.feed(camera.packet(320, samples, false));
        track.feed(camera.packet(480, any(0), false));

        assertThat(track.marks()).isEqualTo("0k 2k");
        assertThat(track.malformed).containsExactly("empty payload");
        assertThat(track.normalizer.codec()).isEqualTo(new Codec.G711(Law.A, 8000, 1));
        assertThat(track.normalizer.reordersPictures()).isFalse();
    }

    @Test
    void of_soundWithoutChannels_isRefused() {
        assertThatThrownBy(() -> Normalizers.of(new Codec.L16(8000, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 3640, 3.3.6: 16 bits of headers a frame, sizes of 13 bits. */
    private byte[] aac(byte[]... frames) {
        int total = 2 + 2 * frames.length;
        for (byte[] frame : frames) {
            total += frame.length;
        }
        byte[] payload = new byte[total];
        payload[0] = (byte) ((16 * frames.length) >> 8);
        payload[1] = (byte) (16 * frames.length);
        int at = 2;
        for (byte[] frame : frames) {
            payload[at++] = (byte) (frame.length >> 5);
            payload[at++] = (byte) (frame.length << 3);
        }
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, payload, at, frame.length);
            at += frame.length;
        }
        return payload;
    }

    @Test
    void accept_aacFrames_becomeUnitsOf1024Samples() {
        Track track = new Track(AAC);
        byte[] first = any(200);
        byte[] second = any(300);
        byte[] third = any(1);
        track.feed(camera.packet(1000, aac(first, second), true));
        track.feed(camera.packet(3048, aac(third), true));

        assertThat(track.marks()).isEqualTo("0km 1km");
        assertThat(track.parts())
                .containsExactly(List.of(Bytes.of(first)), List.of(Bytes.of(second)), List.of(Bytes.of(third)));
        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(1000L, 2024L, 3048L);
    }

    @Test
    void accept_aacFramesLongerThanAPacket_getAPacketEach() {
        Track track = new Track(AAC);
        byte[] first = any(800);
        byte[] second = any(1500);
        byte[] third = any(7);
        track.feed(camera.packet(0, aac(first, second, third), true));

        assertThat(track.marks()).isEqualTo("0km 1k 2m 3km");
        assertThat(track.parts())
                .containsExactly(List.of(Bytes.of(first)), List.of(Bytes.of(second)), List.of(Bytes.of(third)));
        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(0L, 1024L, 2048L);
    }

    @Test
    void accept_aacFrameInParts_isPutTogether() {
        Track track = new Track(AAC);
        byte[] frame = any(2500);
        for (int round = 0; round < 3; round++) {
            for (int at = 0; at < frame.length; at += 1000) {
                byte[] part = Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 1000));
                byte[] payload = aac(part);
                payload[2] = (byte) (frame.length >> 5);
                payload[3] = (byte) (frame.length << 3);
                if (round != 1 || at != 1000) {
                    track.feed(camera.packet(1024L * round, payload, at + 1000 >= frame.length));
                } else {
                    camera.lose();
                }
            }
        }

        assertThat(track.parts()).containsExactly(List.of(Bytes.of(frame)), List.of(Bytes.of(frame)));
        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(0L, 2048L);
    }

    @Test
    void frameTicks_ofConfigs_areTheCoresSamplesInTheClocksTicks() {
        assertThat(AacDepacketizer.frameTicks(AAC)).isEqualTo(1024);
        assertThat(AacDepacketizer.frameTicks(new Codec.Aac(16_000, 1, Bytes.empty())))
                .isEqualTo(1024);
        assertThat(AacDepacketizer.frameTicks(new Codec.Aac(16_000, 1, Bytes.ofHex("140c"))))
                .isEqualTo(960);
        // HE-AAC: the core runs at half the clock.
        assertThat(AacDepacketizer.frameTicks(new Codec.Aac(32_000, 1, Bytes.ofHex("1408"))))
                .isEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0010", "001000", "00000000", "00110008aa", "0020 0008 0008 aa", "ffff0000"})
    void accept_aacBroken_isMalformed(String payload) {
        Track track = new Track(AAC);
        track.feed(camera.packet(0, Bytes.ofHex(payload).toArray(), true));

        assertThat(track.malformed).hasSize(1).allMatch(reason -> reason.startsWith("AAC"));
        assertThat(track.packets).isEmpty();
    }

    @Test
    void accept_aacPartLongerThanAPacket_isMalformed() {
        Track track = new Track(AAC);
        byte[] payload = aac(any(1500));
        payload[2] = (byte) 0xFF;
        track.feed(camera.packet(0, payload, true));

        assertThat(track.malformed).containsExactly("AAC payload longer than a packet");
    }

    @Test
    void accept_aacCutOrFlippedAnywhere_givesUnitsOrMalformed() {
        byte[] payload = aac(any(20), any(30));
        for (int bit = 0; bit < payload.length * 8; bit++) {
            byte[] flipped = payload.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            for (byte[] attempt : new byte[][] {flipped, Arrays.copyOf(payload, bit / 8)}) {
                Track track = new Track(AAC);
                track.feed(camera.packet(0, attempt, true));
                assertThat(track.units.size() + track.malformed.size()).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void packetize_sound_isWhatTheNormaliserMakes() {
        assertRoundTrip(AAC, any(500), 1);
        assertRoundTrip(AAC, any(8191), 7);
        assertRoundTrip(new Codec.Opus(), any(300), 1);
        assertRoundTrip(new Codec.G711(Law.MU, 8000, 1), any(160), 1);
        assertRoundTrip(new Codec.G722(), any(1188), 1);
        assertRoundTrip(new Codec.L16(48_000, 2), any(960), 1);
    }

    private static void assertRoundTrip(Codec codec, byte[] sound, int packetCount) {
        List<RtpPacket> packets = new ArrayList<>();
        AccessUnit unit = unit(77, sound);
        Packetizers.of(codec).packetize(unit, packets::add);
        List<AccessUnit> units = new ArrayList<>();
        Depacketizer depacketizer = Depacketizers.of(codec);
        for (RtpPacket packet : packets) {
            try {
                depacketizer.accept(packet, units::add);
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(packets).hasSize(packetCount);
        assertThat(packets.getFirst().keyStart()).isTrue();
        assertThat(units).containsExactly(unit);
    }

    private static AccessUnit unit(long ptsTicks, byte[] sound) {
        return new AccessUnit(ptsTicks, Optional.empty(), true, List.of(Bytes.of(sound)));
    }

    @Test
    void packetize_longSamples_arePartedWithTheirTimes() {
        List<RtpPacket> packets = new ArrayList<>();
        Packetizer packetizer = Packetizers.of(new Codec.L16(48_000, 2));
        packetizer.packetize(unit(100, any(1920)), packets::add);
        packetizer.packetize(unit(580, any(1920)), packets::add);

        assertThat(packets).extracting(RtpPacket::ptsTicks).containsExactly(100L, 397L, 580L, 877L);
        assertThat(packets).extracting(RtpPacket::sequence).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void packetize_whatDoesNotFit_isLeftOutWithAGap() {
        List<RtpPacket> packets = new ArrayList<>();
        Packetizer opus = Packetizers.of(new Codec.Opus());
        opus.packetize(unit(0, any(10)), packets::add);
        opus.packetize(unit(960, any(1189)), packets::add);
        opus.packetize(unit(1920, any(10)), packets::add);
        Packetizer aac = Packetizers.of(AAC);
        aac.packetize(unit(0, any(10)), packets::add);
        aac.packetize(unit(1024, any(8192)), packets::add);
        aac.packetize(unit(2048, any(10)), packets::add);

        assertThat(packets).extracting(RtpPacket::sequence).containsExactly(0L, 2L, 0L, 2L);
    }
}
