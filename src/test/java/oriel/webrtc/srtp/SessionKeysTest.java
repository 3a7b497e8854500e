package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.webrtc.srtp.SrtpVectors.hex;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
    @Test
    void forRtp_rfc3711B3_givesItsKeys() {
        SessionKeys keys = SessionKeys.forRtp(SrtpVectors.master(SrtpProfile.AES_CM_128_HMAC_SHA1_80));

        assertThat(keys.encryptionKey()).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.salt()).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.authenticationKey()).isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    @Test
    void derive_rfc3711B3LongAuthenticationKey_givesAllBlocks() {
        byte[] key = SessionKeys.derive(SrtpVectors.master(SrtpProfile.AES_CM_128_HMAC_SHA1_80), 1, 94);

        assertThat(key)
                .isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE"
                        + "E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25"
                        + "6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2"));
    }

    @Test
    void counterMode_rfc3711B2_givesItsKeystream() throws Exception {
        // SSRC 0 and index 0: the payload's encryption is the key stream itself.
        SessionKeys keys = new SessionKeys(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                hex("2B7E151628AED2A6ABF7158809CF4F3C"),
                new byte[20],
                hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        int last = 0xFF02 * 16;
        byte[] target = new byte[12 + last + 10];

        new CounterModeTransform(keys).sealRtp(new byte[last], 0, last, target, 0, 12, 0);

        assertThat(slice(target, 0, 3))
                .isEqualTo(hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                        + "41E95B3BB0A2E8DD477901E4FCA894C0"));
        assertThat(slice(target, 0xFEFF, 3))
                .isEqualTo(hex("EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE"
                        + "6A2CC3787889374FBEB4C81B17BA6C44"));
    }

    @Test
    void forRtcp_sameMaster_givesOtherKeys() {
        MasterKey master = SrtpVectors.master(SrtpProfile.AEAD_AES_128_GCM);

        assertThat(SessionKeys.forRtcp(master).encryptionKey())
                .isNotEqualTo(SessionKeys.forRtp(master).encryptionKey());
        assertThat(SessionKeys.forRtcp(master).salt())
                .isNotEqualTo(SessionKeys.forRtp(master).salt());
    }

    @Test
    void cipher_sp80038a_isWhatTheVectorsAssume() throws Exception {
        // NIST SP 800-38A, F.5.1: that the JDK's counter runs over all 128 bits.
        Cipher cipher = Jce.cipher(CounterModeTransform.CIPHER);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(hex("2b7e151628aed2a6abf7158809cf4f3c"), "AES"),
                new IvParameterSpec(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")));

        assertThat(cipher.doFinal(hex("6bc1bee22e409f96e93d7e117393172a")))
                .isEqualTo(hex("874d6191b620e3261bef6864990db6ce"));
    }

    private static byte[] slice(byte[] target, int block, int blocks) {
        byte[] part = new byte[16 * blocks];
        System.arraycopy(target, 12 + 16 * block, part, 0, part.length);
        return part;
    }
}
