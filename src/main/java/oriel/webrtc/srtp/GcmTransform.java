package oriel.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@link AesGcm} by the JDK's cipher. */
final class GcmTransform extends AesGcm {
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] iv;
    private final boolean repeatable;
    private final byte[] lastIv = new byte[GcmNonce.BYTES];

    GcmTransform(SessionKeys keys, boolean repeatable) {
        super(keys);
        this.cipher = Jce.cipher("AES/GCM/NoPadding");
        this.key = new SecretKeySpec(keys.encryptionKey(), "AES");
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
    void sealRtcpText(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index) {
        try {
            startSealing();
            cipher.updateAAD(target, targetOffset, RTCP_HEADER_BYTES);
            cipher.updateAAD(word, 0, RTCP_WORD_BYTES);
            cipher.doFinal(source, sourceOffset, length, target, targetOffset + RTCP_HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses RTCP index " + index, e);
        }
    }

    @Override
    boolean openText(
            byte[] source, int offset, int headerBytes, int length, boolean withWord, byte[] target, int targetOffset) {
        try {
            start(Cipher.DECRYPT_MODE);
            cipher.updateAAD(source, offset, headerBytes);
            if (withWord) {
                cipher.updateAAD(word, 0, RTCP_WORD_BYTES);
            }
            cipher.doFinal(source, offset + headerBytes, length + TAG_BYTES, target, targetOffset);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open a packet", e);
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
