package oriel.webrtc.srtp;

import oriel.base.MalformedException;

/**
 * AES-128-GCM with a tag of 16 bytes: what stands where in a packet (RFC 7714). Who extends it computes.
 *
 * <pre>
 * SRTP   | header (authenticated) | payload (encrypted) | tag |
 * SRTCP  | 8 bytes (authenticated) | rest (encrypted) | tag | E + index (authenticated) |
 * </pre>
 */
abstract sealed class AesGcm implements SrtpTransform permits GcmTransform, LibCryptoGcm {
    static final int TAG_BYTES = 16;

    /** Of the packet at hand. */
    final GcmNonce nonce;

    /** E and index of the RTCP packet at hand. */
    final byte[] word = new byte[RTCP_WORD_BYTES];

    AesGcm(SessionKeys keys) {
        this.nonce = new GcmNonce(keys.salt());
    }

    /**
     * Encrypts {@code length} bytes under the nonce into {@code target}, behind the RTCP header that stands there, and writes the
     * tag behind them; the header and the word are authenticated.
     *
     * @param index for the words of a failure
     */
    abstract void sealRtcpText(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index);

    /**
     * Decrypts {@code length} bytes under the nonce.
     *
     * @param headerBytes that stand in {@code source} at {@code offset} and are authenticated; text and tag follow them
     * @param withWord whether the word is authenticated besides
     * @param target gets the text at {@code targetOffset}
     * @return whether the tag is right; if not, what the target got is worthless
     */
    abstract boolean openText(
            byte[] source, int offset, int headerBytes, int length, boolean withWord, byte[] target, int targetOffset);

    @Override
    public final int openRtp(
            byte[] source, int offset, int length, int headerBytes, long index, byte[] target, int targetOffset)
            throws MalformedException {
        nonce.set(SrtpTransform.readInt(source, offset + RtpSeal.SSRC_AT), index);
        int text = length - headerBytes - TAG_BYTES;
        if (!openText(source, offset, headerBytes, text, false, target, targetOffset + headerBytes)) {
            throw new MalformedException("SRTP packet with a wrong tag");
        }
        System.arraycopy(source, offset, target, targetOffset, headerBytes);
        return headerBytes + text;
    }

    @Override
    public final int sealRtcp(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index) {
        nonce.set(SrtpTransform.readInt(source, sourceOffset + RTCP_SSRC_AT), index);
        SrtpTransform.writeInt(word, 0, index | ENCRYPTED_FLAG);
        System.arraycopy(source, sourceOffset, target, targetOffset, RTCP_HEADER_BYTES);
        sealRtcpText(source, sourceOffset + RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES, target, targetOffset, index);
        int end = length + TAG_BYTES;
        System.arraycopy(word, 0, target, targetOffset + end, RTCP_WORD_BYTES);
        return end + RTCP_WORD_BYTES;
    }

    @Override
    public final int rtcpWordAt(int length) {
        return length - RTCP_WORD_BYTES;
    }

    @Override
    public final int openRtcp(byte[] source, int offset, int length, int flagAndIndex, byte[] target, int targetOffset)
            throws MalformedException {
        boolean encrypted = (flagAndIndex & ENCRYPTED_FLAG) != 0;
        int end = rtcpWordAt(length) - TAG_BYTES;
        int clear = encrypted ? RTCP_HEADER_BYTES : end;
        nonce.set(SrtpTransform.readInt(source, offset + RTCP_SSRC_AT), flagAndIndex & ~ENCRYPTED_FLAG);
        SrtpTransform.writeInt(word, 0, flagAndIndex);
        if (!openText(source, offset, clear, end - clear, true, target, targetOffset + clear)) {
            throw new MalformedException("SRTCP packet with a wrong tag");
        }
        System.arraycopy(source, offset, target, targetOffset, clear);
        return end;
    }
}
