package oriel.webrtc.srtp;

/** What encrypts outgoing RTP under one set of session keys. Lengths are the caller's to check. */
interface RtpSeal {
    /** Where the SSRC stands in an RTP header. */
    int SSRC_AT = 8;

    /**
     * Encrypts {@code length} bytes of payload into {@code target}, behind the header that stands there, and writes the tag
     * behind them. Source and target may be one array if the payload stays in its place.
     *
     * @param index 48 bits
     * @return header, payload and tag together
     */
    int sealRtp(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index);
}
