package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.srtp.SrtpVectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketProtectorTest {
    @Test
    void protect_rfc7714_16_1_givesItsPacket() {
        PacketProtector protector = SrtpPacketProtector.gcm(SrtpVectors.rfc7714Keys(), false);

        assertThat(SrtpVectors.protect(protector, SrtpVectors.GALLIA, 12, 0xf17b))
                .isEqualTo(SrtpVectors.GALLIA_PROTECTED);
    }

    // The packets of the next two were made by libsrtp 2.5.0 from the master key and salt of RFC 3711, B.3.
    @Test
    void protect_counterMode_agreesWithLibsrtp() {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AES_CM_128_HMAC_SHA1_80));

        assertThat(SrtpVectors.protect(protector, SrtpVectors.PLAIN, 12, 0x1234))
                .isEqualTo(hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"));
        assertThat(SrtpVectors.protect(
                        protector, SrtpVectors.PLAIN_EXTENDED, SrtpVectors.PLAIN_EXTENDED_HEADER, 0x1235))
                .isEqualTo(hex("b2e01235decafbadcafebabe0102030405060708bede000110aa0000"
                        + "775ff99f37a586509eb8418fa4188586d2037bf9552ca3efd490fd36bb0d4a"));
    }

    @Test
    void protect_gcm_agreesWithLibsrtp() {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));

        assertThat(SrtpVectors.protect(protector, SrtpVectors.PLAIN, 12, 0x1234))
                .isEqualTo(hex("800f1234decafbadcafebabe"
                        + "0eca0cf95ee955b26cd3d288b49f6ca959171450975f4144da9cdd7ae989a277"));
        assertThat(SrtpVectors.protect(
                        protector, SrtpVectors.PLAIN_EXTENDED, SrtpVectors.PLAIN_EXTENDED_HEADER, 0x1235))
                .isEqualTo(hex("b2e01235decafbadcafebabe0102030405060708bede000110aa0000"
                        + "ab32b7343e362c8d6815601217d935ab7d88269784c5f8b804bc5e98b9dca3e8d04af32c26"));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void resend_newestPacketAgainAndAgain_givesTheSameBytes(SrtpProfile profile) {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        byte[] plain = SrtpVectors.packet(7, 1, 1188);
        byte[] sent = SrtpVectors.protect(protector, plain, 12, 7);

        for (int i = 0; i < 3; i++) {
            assertThat(resend(protector, plain, 7)).isEqualTo(sent);
        }
        byte[] next = SrtpVectors.packet(8, 1, 100);
        byte[] nextSent = SrtpVectors.protect(protector, next, 12, 8);
        assertThat(resend(protector, next, 8)).isEqualTo(nextSent);
        assertThat(resend(protector, plain, 7)).isEqualTo(sent);
        assertThat(SrtpVectors.protect(protector, SrtpVectors.packet(9, 1, 5), 12, 9))
                .hasSize(17 + protector.overheadBytes());
    }

    @Test
    void protect_gcmIndexTwiceRunning_isRefused() {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        SrtpVectors.protect(protector, SrtpVectors.packet(7, 1, 10), 12, 7);

        assertThatThrownBy(() -> SrtpVectors.protect(protector, SrtpVectors.packet(7, 1, 10), 12, 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("7");
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void protect_inPlaceAndAtOffsets_givesTheSameBytes(SrtpProfile profile) {
        byte[] plain = SrtpVectors.packet(7, 1, 333);
        byte[] expected = SrtpVectors.protect(PacketProtector.of(SrtpVectors.master(profile)), plain, 12, 7);

        byte[] train = new byte[1000];
        System.arraycopy(plain, 0, train, 77, plain.length);
        int length = PacketProtector.of(SrtpVectors.master(profile)).protect(train, 89, 333, train, 77, 12, 7);

        assertThat(Arrays.copyOfRange(train, 77, 77 + length)).isEqualTo(expected);
        assertThat(train[76]).isZero();
        assertThat(train[77 + length]).isZero();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void protect_otherRollOver_givesOtherBytes(SrtpProfile profile) {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(profile));
        byte[] plain = SrtpVectors.packet(7, 1, 40);

        assertThat(SrtpVectors.protect(protector, plain, 12, 7))
                .isNotEqualTo(SrtpVectors.protect(protector, plain, 12, 7 | 1L << 16))
                .isNotEqualTo(SrtpVectors.protect(protector, plain, 12, 7 | 1L << 40));
    }

    @Test
    void protect_noRoomOrNonsense_isRefused() {
        PacketProtector protector = PacketProtector.of(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        byte[] source = new byte[100];

        assertThatThrownBy(() -> protector.protect(source, 0, 100, new byte[127], 0, 12, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> protector.protect(source, 1, 100, new byte[200], 0, 12, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> protector.protect(source, 0, 100, new byte[200], 0, 11, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> protector.protect(source, 0, 100, new byte[200], 0, 12, 1L << 48))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> protector.protect(source, 0, 100, new byte[200], 0, 12, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] resend(PacketProtector protector, byte[] plain, long index) {
        byte[] target = new byte[plain.length + protector.overheadBytes()];
        System.arraycopy(plain, 0, target, 0, 12);
        protector.resend(plain, 12, plain.length - 12, target, 0, 12, index);
        return target;
    }
}
