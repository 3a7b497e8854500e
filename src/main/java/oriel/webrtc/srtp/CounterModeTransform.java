package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import oriel.base.MalformedException;

/**
 * AES-128 in counter mode and HMAC-SHA1, of which 10 bytes are sent (RFC 3711, 4.1.1 and 4.2.1).
 *
 * <pre>
 * SRTP   | header | payload (encrypted) | tag |                   the tag also covers the roll-over counter
 * SRTCP  | 8 bytes | rest (encrypted) | E + index | tag |         the tag covers all before it
 *
 * IV   | 00 x 4 | SSRC | packet index, 48 bits | 00 00 |  xor | session salt, 14 bytes | 00 00 |
 * </pre>
 */
final class CounterModeTransform implements SrtpTransform {
    static final String CIPHER = "AES/CTR/NoPadding";

    private static final int TAG_BYTES = 10;
    private static final int IV_BYTES = 16;
    private static final int IV_SSRC_AT = 4;
    private static final int IV_INDEX_AT = 8;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final Mac mac;
    private final byte[] salt;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] word = new byte[RTCP_WORD_BYTES];
    private final byte[] digest;

    CounterModeTransform(SessionKeys keys) {
        this.cipher = Jce.cipher(CIPHER);
        this.key = new SecretKeySpec(keys.encryptionKey(), "AES");
        this.mac = Jce.mac("HmacSHA1");
        this.salt = keys.salt();
        try {
            mac.init(new SecretKeySpec(keys.authenticationKey(), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 refuses its key", e);
        }
        this.digest = new byte[mac.getMacLength()];
    }

    @Override
    public int sealRtp(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index) {
        int ssrc = SrtpTransform.readInt(target, targetOffset + RtpSeal.SSRC_AT);
        crypt(source, sourceOffset, length, target, targetOffset + headerBytes, ssrc, index);
        int end = headerBytes + length;
        SrtpTransform.writeInt(word, 0, (int) (index >> 16));
        mac.update(target, targetOffset, end);
        mac.update(word, 0, RTCP_WORD_BYTES);
        writeTag(target, targetOffset + end);
        return end + TAG_BYTES;
    }

    @Override
    public int openRtp(
            byte[] source, int offset, int length, int headerBytes, long index, byte[] target, int targetOffset)
            throws MalformedException {
        int end = length - TAG_BYTES;
        SrtpTransform.writeInt(word, 0, (int) (index >> 16));
        mac.update(source, offset, end);
        mac.update(word, 0, RTCP_WORD_BYTES);
        if (!isTag(source, offset + end)) {
            throw new MalformedException("SRTP packet with a wrong tag");
        }
        int ssrc = SrtpTransform.readInt(source, offset + RtpSeal.SSRC_AT);
        crypt(source, offset + headerBytes, end - headerBytes, target, targetOffset + headerBytes, ssrc, index);
        System.arraycopy(source, offset, target, targetOffset, headerBytes);
        return end;
    }

    @Override
    public int sealRtcp(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index) {
        int ssrc = SrtpTransform.readInt(source, sourceOffset + RTCP_SSRC_AT);
        System.arraycopy(source, sourceOffset, target, targetOffset, RTCP_HEADER_BYTES);
        cryptRtcp(source, sourceOffset, length, target, targetOffset, ssrc, index);
        SrtpTransform.writeInt(target, targetOffset + length, index | ENCRYPTED_FLAG);
        mac.update(target, targetOffset, length + RTCP_WORD_BYTES);
        writeTag(target, targetOffset + length + RTCP_WORD_BYTES);
        return length + RTCP_WORD_BYTES + TAG_BYTES;
    }

    @Override
    public int rtcpWordAt(int length) {
        return length - TAG_BYTES - RTCP_WORD_BYTES;
    }

    @Override
    public int openRtcp(byte[] source, int offset, int length, int flagAndIndex, byte[] target, int targetOffset)
            throws MalformedException {
        mac.update(source, offset, length - TAG_BYTES);
        if (!isTag(source, offset + length - TAG_BYTES)) {
            throw new MalformedException("SRTCP packet with a wrong tag");
        }
        int end = rtcpWordAt(length);
        if ((flagAndIndex & ENCRYPTED_FLAG) == 0) {
            System.arraycopy(source, offset, target, targetOffset, end);
            return end;
        }
        int ssrc = SrtpTransform.readInt(source, offset + RTCP_SSRC_AT);
        cryptRtcp(source, offset, end, target, targetOffset, ssrc, flagAndIndex & ~ENCRYPTED_FLAG);
        System.arraycopy(source, offset, target, targetOffset, RTCP_HEADER_BYTES);
        return end;
    }

    private void cryptRtcp(
            byte[] source, int offset, int length, byte[] target, int targetOffset, int ssrc, int index) {
        crypt(
                source,
                offset + RTCP_HEADER_BYTES,
                length - RTCP_HEADER_BYTES,
                target,
                targetOffset + RTCP_HEADER_BYTES,
                ssrc,
                index);
    }

    // Encrypting and decrypting are the same in counter mode.
    private void crypt(byte[] source, int offset, int length, byte[] target, int targetOffset, int ssrc, long index) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        iv[IV_BYTES - 2] = 0;
        iv[IV_BYTES - 1] = 0;
        SrtpTransform.xorInt(iv, IV_SSRC_AT, ssrc);
        iv[IV_INDEX_AT] ^= (byte) (index >> 40);
        iv[IV_INDEX_AT + 1] ^= (byte) (index >> 32);
        SrtpTransform.xorInt(iv, IV_INDEX_AT + 2, (int) index);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            cipher.doFinal(source, offset, length, target, targetOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES counter mode refuses packet index " + index, e);
        }
    }

    private void writeTag(byte[] target, int offset) {
        finishMac();
        System.arraycopy(digest, 0, target, offset, TAG_BYTES);
    }

    private boolean isTag(byte[] source, int offset) {
        finishMac();
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= digest[i] ^ source[offset + i];
        }
        return difference == 0;
    }

    private void finishMac() {
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 failed", e);
        }
    }
}
