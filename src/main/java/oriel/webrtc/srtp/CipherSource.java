package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Where ciphers come from: the JDK's first choice, or one named provider. */
record CipherSource(Optional<String> provider) {
    static final CipherSource JDK = new CipherSource(Optional.empty());

    static CipherSource named(String provider) {
        return new CipherSource(Optional.of(provider));
    }

    Cipher cipher(String transformation) {
        try {
            return provider.isPresent()
                    ? Cipher.getInstance(transformation, provider.get())
                    : Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw missing(transformation, e);
        }
    }

    Mac mac(String algorithm) {
        try {
            return provider.isPresent() ? Mac.getInstance(algorithm, provider.get()) : Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    private IllegalArgumentException missing(String what, GeneralSecurityException cause) {
        return new IllegalArgumentException("no " + what + " in " + provider.orElse("this JDK"), cause);
    }
}
