package oriel.webrtc.srtp;

import oriel.base.MalformedException;

/**
 * One direction's cipher under one set of session keys. Lengths are the caller's to check; time and state are none of
 * its business but for the arrays it uses again. Source and target may be one array
 * if the payload stays in its place.
 */
sealed interface SrtpTransform extends RtpSeal permits AesGcm, CounterModeTransform {
    /** Bytes of an RTCP packet that stay readable: the first header and the sender's SSRC. */
    int RTCP_HEADER_BYTES = 8;

    /** Where the sender's SSRC stands in an RTCP packet. */
    int RTCP_SSRC_AT = 4;

    /** Bytes of the SRTCP index with the E flag. */
    int RTCP_WORD_BYTES = 4;

    /** Says in the SRTCP index that the packet is encrypted. */
    int ENCRYPTED_FLAG = 0x8000_0000;

    /** The fastest that this machine has. */
    static SrtpTransform of(SessionKeys keys) {
        return switch (keys.profile()) {
            case AEAD_AES_128_GCM -> LibCryptoGcm.works() ? new LibCryptoGcm(keys) : new GcmTransform(keys, false);
            case AES_CM_128_HMAC_SHA1_80 -> new CounterModeTransform(keys);
        };
    }

    /**
     * Checks and decrypts a packet; {@code target} gets the header and the plain payload.
     *
     * @param length with the tag, which fits
     * @return bytes without the tag
     */
    int openRtp(byte[] source, int offset, int length, int headerBytes, long index, byte[] target, int targetOffset)
            throws MalformedException;

    /**
     * Encrypts a whole RTCP packet into {@code target}.
     *
     * @param index 31 bits
     * @return bytes written
     */
    int sealRtcp(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index);

    /** Where the SRTCP index of a packet of {@code length} bytes begins, from its start. */
    int rtcpWordAt(int length);

    /**
     * Checks an RTCP packet and decrypts it, if it says that it is encrypted, into {@code target}.
     *
     * @param length with tag and index, which fit
     * @param word the index with the E flag
     * @return bytes without tag and index
     */
    int openRtcp(byte[] source, int offset, int length, int word, byte[] target, int targetOffset)
            throws MalformedException;

    static int readInt(byte[] array, int offset) {
        return (array[offset] & 0xFF) << 24
                | (array[offset + 1] & 0xFF) << 16
                | (array[offset + 2] & 0xFF) << 8
                | (array[offset + 3] & 0xFF);
    }

    static void writeInt(byte[] array, int offset, int value) {
        array[offset] = (byte) (value >> 24);
        array[offset + 1] = (byte) (value >> 16);
        array[offset + 2] = (byte) (value >> 8);
        array[offset + 3] = (byte) value;
    }

    /** Changes the four bytes at {@code offset} by {@code value}, bit by bit. */
    static void xorInt(byte[] array, int offset, int value) {
        array[offset] ^= (byte) (value >> 24);
        array[offset + 1] ^= (byte) (value >> 16);
        array[offset + 2] ^= (byte) (value >> 8);
        array[offset + 3] ^= (byte) value;
    }
}
