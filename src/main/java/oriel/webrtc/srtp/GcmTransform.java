package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import oriel.base.MalformedException;

/**
 * AES-128-GCM with a tag of 16 bytes (RFC 7714).
 *
 * <pre>
 * SRTP   | header (authenticated) | payload (encrypted) | tag |
 * SRTCP  | 8 bytes (authenticated) | rest (encrypted) | tag | E + index (authenticated) |
 * </pre>
 */
final class GcmTransform implements SrtpTransform {
    static final int TAG_BYTES = 16;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final GcmNonce nonce;
    private final byte[] iv;
    private final boolean repeatable;
    private final byte[] lastIv = new byte[GcmNonce.BYTES];
    private final byte[] word = new byte[RTCP_WORD_BYTES];

    GcmTransform(SessionKeys keys, boolean repeatable) {
        this.cipher = Jce.cipher("AES/GCM/NoPadding");
        this.key = new SecretKeySpec(keys.encryptionKey(), "AES");
        this.nonce = new GcmNonce(keys.salt());
        this.iv = nonce.bytes();
        this.repeatable = repeatable;
    }

    @Override
    public int sealRtp(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index) {
        nonce.set(SrtpTransform.readInt(target, targetOffset + RtpSeal.SSRC_AT), index);
        try {
            startSealing();
            cipher.updateAAD(target, targetOffset, headerBytes);
            return headerBytes + cipher.doFinal(source, sourceOffset, length, target, targetOffset + headerBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses packet index " + index, e);
        }
    }

    @Override
    public int openRtp(
            byte[] source, int offset, int length, int headerBytes, long index, byte[] target, int targetOffset)
            throws MalformedException {
        nonce.set(SrtpTransform.readInt(source, offset + RtpSeal.SSRC_AT), index);
        try {
            start(Cipher.DECRYPT_MODE);
            cipher.updateAAD(source, offset, headerBytes);
            int plain = cipher.doFinal(
                    source, offset + headerBytes, length - headerBytes, target, targetOffset + headerBytes);
            System.arraycopy(source, offset, target, targetOffset, headerBytes);
            return headerBytes + plain;
        } catch (AEADBadTagException e) {
            throw new MalformedException("SRTP packet with a wrong tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open a packet", e);
        }
    }

    @Override
    public int sealRtcp(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index) {
        nonce.set(SrtpTransform.readInt(source, sourceOffset + RTCP_SSRC_AT), index);
        SrtpTransform.writeInt(word, 0, index | ENCRYPTED_FLAG);
        System.arraycopy(source, sourceOffset, target, targetOffset, RTCP_HEADER_BYTES);
        try {
            startSealing();
            cipher.updateAAD(target, targetOffset, RTCP_HEADER_BYTES);
            cipher.updateAAD(word, 0, RTCP_WORD_BYTES);
            int end = RTCP_HEADER_BYTES
                    + cipher.doFinal(
                            source,
                            sourceOffset + RTCP_HEADER_BYTES,
                            length - RTCP_HEADER_BYTES,
                            target,
                            targetOffset + RTCP_HEADER_BYTES);
            System.arraycopy(word, 0, target, targetOffset + end, RTCP_WORD_BYTES);
            return end + RTCP_WORD_BYTES;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses RTCP index " + index, e);
        }
    }

    @Override
    public int rtcpWordAt(int length) {
        return length - RTCP_WORD_BYTES;
    }

    @Override
    public int openRtcp(byte[] source, int offset, int length, int flagAndIndex, byte[] target, int targetOffset)
            throws MalformedException {
        boolean encrypted = (flagAndIndex & ENCRYPTED_FLAG) != 0;
        int clear = encrypted ? RTCP_HEADER_BYTES : length - TAG_BYTES - RTCP_WORD_BYTES;
        nonce.set(SrtpTransform.readInt(source, offset + RTCP_SSRC_AT), flagAndIndex & ~ENCRYPTED_FLAG);
        SrtpTransform.writeInt(word, 0, flagAndIndex);
        try {
            start(Cipher.DECRYPT_MODE);
            cipher.updateAAD(source, offset, clear);
            cipher.updateAAD(word, 0, RTCP_WORD_BYTES);
            int plain = cipher.doFinal(
                    source, offset + clear, length - clear - RTCP_WORD_BYTES, target, targetOffset + clear);
            System.arraycopy(source, offset, target, targetOffset, clear);
            return clear + plain;
        } catch (AEADBadTagException e) {
            throw new MalformedException("SRTCP packet with a wrong tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open an RTCP packet", e);
        }
    }

    private void startSealing() throws GeneralSecurityException {
        // The JDK's GCM refuses the IV it was last initialised with. For a resend the same IV is right, because the
        // packet is the same; an initialisation that encrypts nothing makes it forget.
        if (repeatable && Arrays.equals(iv, lastIv)) {
            iv[GcmNonce.BYTES - 1] ^= 1;
            start(Cipher.ENCRYPT_MODE);
            iv[GcmNonce.BYTES - 1] ^= 1;
        }
        start(Cipher.ENCRYPT_MODE);
        if (repeatable) {
            System.arraycopy(iv, 0, lastIv, 0, GcmNonce.BYTES);
        }
    }

    private void start(int mode) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
    }
}
