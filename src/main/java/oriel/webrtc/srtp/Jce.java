package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Ciphers that every JDK has. */
final class Jce {
    private Jce() {}

    static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw missing(transformation, e);
        }
    }

    static Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    private static IllegalStateException missing(String what, GeneralSecurityException cause) {
        return new IllegalStateException("no " + what + " in this JDK", cause);
    }
}
