package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.srtp.SrtpVectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.base.MalformedException;

/** {@link RtcpProtector} and {@link RtcpUnprotector}, which one table of vectors serves. */
class RtcpProtectorTest {
    @Test
    void protect_rfc7714_17_1_givesItsPacket() throws Exception {
        RtcpProtector protector = new RtcpProtector(SrtpVectors.rfc7714Keys(), SrtpVectors.MARS_INDEX);
        RtcpUnprotector unprotector = new RtcpUnprotector(SrtpVectors.rfc7714Keys());

        assertThat(seal(protector, SrtpVectors.MARS)).isEqualTo(SrtpVectors.MARS_PROTECTED);
        assertThat(open(unprotector, SrtpVectors.MARS_PROTECTED)).isEqualTo(SrtpVectors.MARS);
    }

    @Test
    void unprotect_rfc7714_17_3NotEncrypted_isTakenAsItIs() throws Exception {
        RtcpUnprotector unprotector = new RtcpUnprotector(SrtpVectors.rfc7714Keys());

        assertThat(open(unprotector, SrtpVectors.MARS_TAGGED)).isEqualTo(SrtpVectors.MARS);
    }

    // Made by libsrtp 2.5.0, which counts from 1, from the master key and salt of RFC 3711, B.3.
    @Test
    void protect_counterMode_agreesWithLibsrtp() {
        SessionKeys keys = SessionKeys.forRtcp(SrtpVectors.master(SrtpProfile.AES_CM_128_HMAC_SHA1_80));
        RtcpProtector protector = new RtcpProtector(keys, 1);

        assertThat(seal(protector, SrtpVectors.PLAIN_RTCP))
                .isEqualTo(hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"));
        assertThat(seal(protector, SrtpVectors.PLAIN_RTCP))
                .isEqualTo(hex("81c8000bcafebabe621934ea9f788cdad295b3a512d8bc5f80000002c8dc9c552c823658cdac"));
    }

    @Test
    void protect_gcm_agreesWithLibsrtp() {
        SessionKeys keys = SessionKeys.forRtcp(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        RtcpProtector protector = new RtcpProtector(keys, 1);

        assertThat(seal(protector, SrtpVectors.PLAIN_RTCP))
                .isEqualTo(hex("81c8000bcafebabe"
                        + "ea6e5eb3c75c462000f59ebf9e4ebd4e934239488f02f9ca1580174557117e3780000001"));
        assertThat(seal(protector, SrtpVectors.PLAIN_RTCP))
                .isEqualTo(hex("81c8000bcafebabe"
                        + "4e511ac6ea84fa7b7d9af225de3ec91b15eb4fbb669da4672086f92b9c20f15780000002"));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_manyInPlace_givesWhatWasProtected(SrtpProfile profile) throws Exception {
        RtcpProtector protector = new RtcpProtector(SrtpVectors.master(profile));
        RtcpUnprotector unprotector = new RtcpUnprotector(SrtpVectors.master(profile));
        for (int size = 8; size < 400; size += 4) {
            byte[] plain = Arrays.copyOf(SrtpVectors.PLAIN_RTCP, size);
            byte[] buffer = Arrays.copyOf(plain, 500);
            int sealed = protector.protect(buffer, 0, size, buffer, 0);
            assertThat(sealed).isEqualTo(size + protector.overheadBytes());
            int opened = unprotector.unprotect(buffer, 0, sealed, buffer, 0);
            assertThat(Arrays.copyOf(buffer, opened)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_bitFlippedOrCutAnywhere_isRefusedAndChangesNothing(SrtpProfile profile) throws Exception {
        byte[] wire = seal(new RtcpProtector(SrtpVectors.master(profile)), SrtpVectors.PLAIN_RTCP);
        RtcpUnprotector unprotector = new RtcpUnprotector(SrtpVectors.master(profile));
        for (int bit = 0; bit < wire.length * 8; bit++) {
            byte[] bent = wire.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> open(unprotector, bent)).as("bit %d", bit).isInstanceOf(MalformedException.class);
        }
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatThrownBy(() -> open(unprotector, cut)).isInstanceOf(MalformedException.class);
        }
        assertThat(open(unprotector, wire)).isEqualTo(SrtpVectors.PLAIN_RTCP);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_againOrTooOld_isRefused(SrtpProfile profile) throws Exception {
        RtcpProtector protector = new RtcpProtector(SrtpVectors.master(profile));
        RtcpUnprotector unprotector = new RtcpUnprotector(SrtpVectors.master(profile));
        byte[] first = seal(protector, SrtpVectors.PLAIN_RTCP);
        byte[] second = seal(protector, SrtpVectors.PLAIN_RTCP);
        open(unprotector, second);
        open(unprotector, first);
        assertThatThrownBy(() -> open(unprotector, first)).hasMessageContaining("came before");
        byte[] held = seal(protector, SrtpVectors.PLAIN_RTCP);
        for (int i = 0; i < 128; i++) {
            open(unprotector, seal(protector, SrtpVectors.PLAIN_RTCP));
        }
        assertThatThrownBy(() -> open(unprotector, held)).hasMessageContaining("too old");
    }

    @Test
    void protect_lastIndex_isTheLast() {
        SessionKeys keys = SessionKeys.forRtcp(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));
        RtcpProtector protector = new RtcpProtector(keys, Integer.MAX_VALUE);
        assertThat(seal(protector, SrtpVectors.PLAIN_RTCP)).endsWith(0xFF, 0xFF, 0xFF, 0xFF);

        assertThatThrownBy(() -> seal(protector, SrtpVectors.PLAIN_RTCP)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void protect_noRoomOrNoHeader_isRefused() {
        RtcpProtector protector = new RtcpProtector(SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM));

        assertThatThrownBy(() -> protector.protect(new byte[20], 0, 20, new byte[39], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> protector.protect(new byte[20], 0, 7, new byte[60], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] seal(RtcpProtector protector, byte[] plain) {
        byte[] target = new byte[plain.length + protector.overheadBytes()];
        assertThat(protector.protect(plain, 0, plain.length, target, 0)).isEqualTo(target.length);
        return target;
    }

    private static byte[] open(RtcpUnprotector unprotector, byte[] wire) throws MalformedException {
        byte[] target = new byte[wire.length];
        return Arrays.copyOf(target, unprotector.unprotect(wire, 0, wire.length, target, 0));
    }
}
