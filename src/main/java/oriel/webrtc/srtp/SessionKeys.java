package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one direction of RTP, or of RTCP, works with. Derived by AES in counter mode (RFC 3711, 4.3.3) with a derivation
 * rate of 0; a GCM master salt of 12 bytes is filled up with zeros at its end (RFC 7714, 11).
 */
final class SessionKeys {
    private static final int PRF_INPUT_BYTES = 14;
    private static final int LABEL_AT = 7;

    private static final int RTP_LABELS = 0;
    private static final int RTCP_LABELS = 3;
    private static final int ENCRYPTION = 0;
    private static final int AUTHENTICATION = 1;
    private static final int SALT = 2;

    private final SrtpProfile profile;
    private final byte[] encryptionKey;
    private final byte[] authenticationKey;
    private final byte[] salt;

    /** Takes the arrays over. */
    SessionKeys(SrtpProfile profile, byte[] encryptionKey, byte[] authenticationKey, byte[] salt) {
        this.profile = profile;
        this.encryptionKey = encryptionKey;
        this.authenticationKey = authenticationKey;
        this.salt = salt;
    }

    static SessionKeys forRtp(MasterKey master) {
        return derive(master, RTP_LABELS);
    }

    static SessionKeys forRtcp(MasterKey master) {
        return derive(master, RTCP_LABELS);
    }

    private static SessionKeys derive(MasterKey master, int labels) {
        SrtpProfile profile = master.profile();
        return new SessionKeys(
                profile,
                derive(master, labels + ENCRYPTION, profile.keyBytes()),
                derive(master, labels + AUTHENTICATION, profile.authenticationKeyBytes()),
                derive(master, labels + SALT, profile.saltBytes()));
    }

    static byte[] derive(MasterKey master, int label, int length) {
        byte[] counter = new byte[16];
        System.arraycopy(master.salt(), 0, counter, 0, Math.min(master.salt().length, PRF_INPUT_BYTES));
        counter[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Jce.cipher(CounterModeTransform.CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"), new IvParameterSpec(counter));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES counter mode failed to derive a key", e);
        }
    }

    SrtpProfile profile() {
        return profile;
    }

    byte[] encryptionKey() {
        return encryptionKey;
    }

    byte[] authenticationKey() {
        return authenticationKey;
    }

    byte[] salt() {
        return salt;
    }
}
