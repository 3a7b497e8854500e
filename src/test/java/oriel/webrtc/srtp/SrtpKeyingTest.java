package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SrtpKeyingTest {
    @Test
    void of_counterMode_cutsKeysThenSalts() {
        SrtpKeying keying = SrtpKeying.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, counting(60));

        assertThat(keying.client().key()).startsWith(0, 1).hasSize(16);
        assertThat(keying.server().key()).startsWith(16, 17).hasSize(16);
        assertThat(keying.client().salt()).startsWith(32, 33).hasSize(14);
        assertThat(keying.server().salt()).startsWith(46, 47).hasSize(14);
    }

    @Test
    void of_gcm_cutsKeysThenSalts() {
        SrtpKeying keying = SrtpKeying.of(SrtpProfile.AEAD_AES_128_GCM, counting(56));

        assertThat(keying.client().salt()).startsWith(32, 33).hasSize(12);
        assertThat(keying.server().salt()).startsWith(44, 45).hasSize(12);
    }

    @Test
    void of_wrongLength_isRefused() {
        assertThatThrownBy(() -> SrtpKeying.of(SrtpProfile.AEAD_AES_128_GCM, counting(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("56");
    }

    @Test
    void toString_keys_showsNoSecret() {
        SrtpKeying keying = SrtpKeying.of(SrtpProfile.AEAD_AES_128_GCM, counting(56));

        assertThat(keying.toString()).contains("***").doesNotContain("[B").doesNotContain("0, 1");
    }

    @Test
    void masterKey_wrongLengths_isRefused() {
        assertThatThrownBy(() -> MasterKey.of(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[14]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MasterKey.of(SrtpProfile.AEAD_AES_128_GCM, new byte[32], new byte[12]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void profile_ofNumber_givesOursOnly() {
        assertThat(SrtpProfile.of(1)).contains(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        assertThat(SrtpProfile.of(7)).contains(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.of(8)).isEmpty();
    }

    private static byte[] counting(int length) {
        byte[] block = new byte[length];
        for (int i = 0; i < length; i++) {
            block[i] = (byte) i;
        }
        return block;
    }
}
