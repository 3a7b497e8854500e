package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.base.MalformedException;

class PacketUnprotectorTest {
    private static final long SEED = 20261120;

    @Test
    void unprotect_rfc7714_16_1_givesItsPlaintext() throws Exception {
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.rfc7714Keys());

        assertThat(open(unprotector, SrtpVectors.GALLIA_PROTECTED)).isEqualTo(SrtpVectors.GALLIA);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_anySizeAndHeader_givesWhatWasProtected(SrtpProfile profile) throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(profile));
        Random random = new Random(SEED);
        for (int sequence = 0; sequence < 300; sequence++) {
            byte[] plain = SrtpVectors.packet(sequence, 9, random.nextInt(1300));
            assertThat(open(unprotector, SrtpVectors.protect(protector, plain, 12, sequence)))
                    .isEqualTo(plain);
        }
        byte[] extended = SrtpVectors.PLAIN_EXTENDED;
        byte[] wire = SrtpVectors.protect(protector, extended, SrtpVectors.PLAIN_EXTENDED_HEADER, 0x1235);
        assertThat(open(unprotector, wire)).isEqualTo(extended);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_inPlaceAndAtOffsets_givesTheSame(SrtpProfile profile) throws Exception {
        byte[] plain = SrtpVectors.packet(5, 9, 444);
        byte[] wire = SrtpVectors.protect(PacketProtector.of(SrtpVectors.master(profile)), plain, 12, 5);
        byte[] buffer = new byte[600];
        System.arraycopy(wire, 0, buffer, 33, wire.length);

        int length = new PacketUnprotector(SrtpVectors.master(profile)).unprotect(buffer, 33, wire.length, buffer, 33);
        assertThat(Arrays.copyOfRange(buffer, 33, 33 + length)).isEqualTo(plain);

        byte[] target = new byte[600];
        length = new PacketUnprotector(SrtpVectors.master(profile)).unprotect(wire, 0, wire.length, target, 50);
        assertThat(Arrays.copyOfRange(target, 50, 50 + length)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_overRollOversWithLossAndReordering_losesNothing(SrtpProfile profile) throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(profile));
        Random random = new Random(SEED);
        for (long start = 0x7F00; start < 0x3_0000; start += 0x80) {
            List<Long> group = new ArrayList<>();
            for (long index = start; index < start + 0x80; index += 16) {
                group.add(index + random.nextInt(8));
            }
            Collections.shuffle(group, random);
            for (long index : group) {
                byte[] plain = SrtpVectors.packet((int) index & 0xFFFF, 9, 20);
                assertThat(open(unprotector, SrtpVectors.protect(protector, plain, 12, index)))
                        .as("index %d", index)
                        .isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_samePacketAgain_isRefused(SrtpProfile profile) throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(profile));
        List<byte[]> sent = new ArrayList<>();
        for (int sequence = 0; sequence < 300; sequence++) {
            sent.add(SrtpVectors.protect(protector, SrtpVectors.packet(sequence, 9, 20), 12, sequence));
        }
        for (byte[] wire : sent) {
            open(unprotector, wire);
        }
        for (byte[] wire : sent) {
            assertThatThrownBy(() -> open(unprotector, wire)).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_bitFlippedAnywhere_isRefusedAndChangesNothing(SrtpProfile profile) throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(profile));
        byte[] plain = SrtpVectors.packet(0x100, 9, 30);
        byte[] wire = SrtpVectors.protect(protector, plain, 12, 0x100);

        for (int bit = 0; bit < wire.length * 8; bit++) {
            byte[] bent = wire.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> open(unprotector, bent)).as("bit %d", bit).isInstanceOf(MalformedException.class);
        }
        assertThat(open(unprotector, wire)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_cutAtEveryLength_isRefused(SrtpProfile profile) {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(profile));
        byte[] wire =
                SrtpVectors.protect(protector, SrtpVectors.PLAIN_EXTENDED, SrtpVectors.PLAIN_EXTENDED_HEADER, 0x1235);

        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatThrownBy(() -> open(unprotector, cut))
                    .as("%d bytes", length)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void unprotect_forgedRollOverSequence_doesNotMoveTheEstimate() throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        open(unprotector, SrtpVectors.protect(protector, SrtpVectors.packet(10, 9, 20), 12, 10));
        for (int sequence = 0; sequence < 0x10000; sequence += 0x1000) {
            byte[] forged = Arrays.copyOf(SrtpVectors.packet(sequence, 9, 20), 48);
            assertThatThrownBy(() -> open(unprotector, forged)).isInstanceOf(MalformedException.class);
        }
        byte[] plain = SrtpVectors.packet(11, 9, 20);
        assertThat(open(unprotector, SrtpVectors.protect(protector, plain, 12, 11)))
                .isEqualTo(plain);
    }

    @Test
    void unprotect_seventeenthSender_isRefusedAndTheOthersGoOn() throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        for (int ssrc = 0; ssrc < 16; ssrc++) {
            open(unprotector, SrtpVectors.protect(protector, SrtpVectors.packet(1, ssrc, 20), 12, 1));
        }
        byte[] further = SrtpVectors.protect(protector, SrtpVectors.packet(1, 16, 20), 12, 1);
        assertThatThrownBy(() -> open(unprotector, further)).isInstanceOf(MalformedException.class);

        for (int ssrc = 0; ssrc < 16; ssrc++) {
            byte[] plain = SrtpVectors.packet(2, ssrc, 20);
            assertThat(open(unprotector, SrtpVectors.protect(protector, plain, 12, 2)))
                    .isEqualTo(plain);
        }
    }

    @Test
    void unprotect_forgedSenders_takeNoPlace() throws Exception {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        for (int ssrc = 100; ssrc < 200; ssrc++) {
            byte[] forged = Arrays.copyOf(SrtpVectors.packet(1, ssrc, 20), 48);
            assertThatThrownBy(() -> open(unprotector, forged)).hasMessageContaining("wrong tag");
        }
        byte[] plain = SrtpVectors.packet(1, 1, 20);
        assertThat(open(unprotector, SrtpVectors.protect(protector, plain, 12, 1)))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        // highest, sequence, index
        "0x00001, 0x0002, 0x00002",
        "0x0FFFF, 0x0000, 0x10000",
        "0x10000, 0xFFFF, 0x0FFFF",
        "0x18000, 0x0000, 0x10000",
        "0x18001, 0x0000, 0x20000",
        "0x17FFF, 0xFFFF, 0x1FFFF",
        "0x17FFE, 0xFFFF, 0x0FFFF",
        "0x00000, 0xFFFF, -1"
    })
    void estimate_rfc3711AppendixA_picksTheNearest(String highest, String sequence, String index) {
        assertThat(PacketUnprotector.estimate(Long.decode(highest), Integer.decode(sequence)))
                .isEqualTo(Long.decode(index));
    }

    @Test
    void replayWindow_randomOrder_agreesWithASet() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            ReplayWindow window = new ReplayWindow();
            Set<Long> seen = new HashSet<>();
            long highest = -1;
            long at = random.nextInt(200);
            for (int i = 0; i < 2000; i++) {
                at += random.nextInt(random.nextInt(40) == 0 ? 300 : 4);
                long index = Math.max(0, at - random.nextInt(140));
                boolean fresh = !seen.contains(index) && index > highest - ReplayWindow.PACKETS;
                assertThat(window.admits(index))
                        .as("index %d, highest %d", index, highest)
                        .isEqualTo(fresh);
                if (fresh) {
                    window.accept(index);
                    seen.add(index);
                    highest = Math.max(highest, index);
                }
            }
        }
    }

    private static byte[] open(PacketUnprotector unprotector, byte[] wire) throws MalformedException {
        byte[] target = new byte[wire.length];
        int length = unprotector.unprotect(wire, 0, wire.length, target, 0);
        return Arrays.copyOf(target, length);
    }
}
