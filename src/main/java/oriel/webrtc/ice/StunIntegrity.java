package oriel.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oriel.base.Secret;

/**
 * MESSAGE-INTEGRITY under one short-term password (RFC 8489, 14.5): HMAC-SHA1 over all before it, with a length as if it were
 * the last attribute. Keeps its Mac and arrays, so belongs to one loop.
 */
public final class StunIntegrity {
    private static final String ALGORITHM = "HmacSHA1";

    private final Mac mac;
    private final byte[] digest = new byte[StunBytes.INTEGRITY_BYTES];
    private final byte[] length = new byte[Short.BYTES];

    public StunIntegrity(Secret password) {
        this(password.reveal().getBytes(StandardCharsets.UTF_8));
    }

    StunIntegrity(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA1 in this JDK", e);
        }
    }

    /** Whether the message has MESSAGE-INTEGRITY of this password; takes as long wherever it differs. */
    public boolean verifies(StunMessage message) {
        int at = message.integrityAt();
        if (at == 0) {
            return false;
        }
        byte[] array = message.array();
        compute(array, message.offset(), at - StunBytes.ATTRIBUTE_HEADER_BYTES - message.offset());
        int difference = 0;
        for (int i = 0; i < StunBytes.INTEGRITY_BYTES; i++) {
            difference |= digest[i] ^ array[at + i];
        }
        return difference == 0;
    }

    /** Writes the value of MESSAGE-INTEGRITY at {@code at} of a message that begins at 0. */
    void write(byte[] message, int at) {
        compute(message, 0, at - StunBytes.ATTRIBUTE_HEADER_BYTES);
        System.arraycopy(digest, 0, message, at, StunBytes.INTEGRITY_BYTES);
    }

    private void compute(byte[] array, int offset, int covered) {
        int end = covered + StunBytes.ATTRIBUTE_HEADER_BYTES + StunBytes.INTEGRITY_BYTES;
        StunBytes.writeShort(length, 0, end - StunBytes.HEADER_BYTES);
        mac.update(array, offset, StunBytes.LENGTH_AT);
        mac.update(length, 0, Short.BYTES);
        mac.update(array, offset + StunBytes.COOKIE_AT, covered - StunBytes.COOKIE_AT);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 failed", e);
        }
    }
}
