package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where ciphers come from: the JDK's first choice, or one provider. */
record CipherSource(Optional<Provider> provider) {
    static final CipherSource JDK = new CipherSource(Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** Amazon's provider: native code, a sixth faster than the JDK's AES-GCM, and a tenth of the garbage. */
    private static final String ACCP = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private static final String GCM = "AES/GCM/NoPadding";

    /** Made when it is first asked for. */
    private static final class Fastest {
        private static final CipherSource FOUND = detect(CipherSource.class.getClassLoader());
    }

    /** Amazon's provider if the owner has put it on the class path and it works here, else the JDK's. */
    static CipherSource fastest() {
        return Fastest.FOUND;
    }

    /** What a class loader offers; a provider that is there and does not work is told in the log, once. */
    static CipherSource detect(ClassLoader loader) {
        try {
            Class<?> type = Class.forName(ACCP, true, loader);
            CipherSource found = new CipherSource(
                    Optional.of((Provider) type.getDeclaredConstructor().newInstance()));
            if (!Arrays.equals(found.trial(), JDK.trial())) {
                throw new IllegalArgumentException("it encrypts otherwise than the JDK");
            }
            LOG.info("SRTP by {}", found.provider.map(Provider::toString).orElse(""));
            return found;
        } catch (ClassNotFoundException e) {
            return JDK;
        } catch (ReflectiveOperationException | GeneralSecurityException | IllegalArgumentException | LinkageError e) {
            LOG.warn(
                    "Amazon's cipher provider is there and does not work here ({}), going on with the JDK's",
                    e.toString());
            return JDK;
        }
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

    private byte[] trial() throws GeneralSecurityException {
        Cipher cipher = cipher(GCM);
        byte[] iv = new byte[12];
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(iv);
        return cipher.doFinal(new byte[1200]);
    }

    private IllegalArgumentException missing(String what, GeneralSecurityException cause) {
        return new IllegalArgumentException(
                "no " + what + " in " + provider.map(Provider::getName).orElse("this JDK"), cause);
    }
}
