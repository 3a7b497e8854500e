package oriel.webrtc.dtls;

import oriel.base.Bytes;

/**
 * What a handshake has agreed on: plain values from which SRTP makes its keys (RFC 5764, 4.2).
 *
 * @param profileId the SRTP protection profile, {@link #AEAD_AES_128_GCM} or {@link #AES128_CM_HMAC_SHA1_80}
 * @param exporter client key, server key, client salt, server salt, in the profile's lengths
 * @param client whether this end was the DTLS client, so that the first key and salt are those it sends with
 * @param cipherSuite of DTLS itself, as registered, such as {@code 0xC02B}
 */
public record DtlsResult(int profileId, Bytes exporter, boolean client, int cipherSuite) {
    /** SRTP_AEAD_AES_128_GCM (RFC 7714, 14.2): keys of 16 bytes, salts of 12. */
    public static final int AEAD_AES_128_GCM = 0x0007;

    /** SRTP_AES128_CM_HMAC_SHA1_80 (RFC 5764, 4.1.2): keys of 16 bytes, salts of 14. */
    public static final int AES128_CM_HMAC_SHA1_80 = 0x0001;

    /** Without the keys. */
    @Override
    public String toString() {
        return "DtlsResult[profileId=" + profileId + ", client=" + client + ", cipherSuite=0x"
                + Integer.toHexString(cipherSuite) + "]";
    }
}
