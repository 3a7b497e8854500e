package oriel.webrtc.srtp;

/**
 * Turns plain RTP into SRTP for one peer: the hot path of a viewer. The caller keeps each SSRC's packet index and never
 * uses one twice but through {@link #resend}: with GCM, two packets under one index give both and the key away. Starts at a
 * sequence number below 2^15, so that the peer's count of roll-overs (RFC 3711, 3.3.1) begins as ours does. Belongs to one
 * loop; arrays are used again, nothing of ours is allocated for a packet.
 */
public interface PacketProtector {
    /** The highest packet index: roll-over counter and sequence number, 48 bits. */
    long MAX_INDEX = 0xFFFF_FFFF_FFFFL;

    /** Finds out which ciphers this machine has, for which the first packet would else have to wait. */
    static void choose() {
        LibCryptoGcm.works();
    }

    /** One on the fastest ciphers that this machine has. */
    static PacketProtector of(MasterKey key) {
        return switch (key.profile()) {
            case AEAD_AES_128_GCM -> SrtpPacketProtector.gcm(SessionKeys.forRtp(key), LibCryptoGcm.works());
            case AES_CM_128_HMAC_SHA1_80 -> SrtpPacketProtector.counterMode(SessionKeys.forRtp(key));
        };
    }

    /**
     * Protects one packet. Its RTP header (with CSRCs and extension, if any) already stands in {@code target}; the encrypted
     * payload and the tag are written behind it. Source and target may be one array if the payload stands in its place.
     *
     * @param source holds the plain payload
     * @param payloadLength bytes of it, 0 or more
     * @param target has room for header, payload and {@link #overheadBytes()}
     * @param headerBytes 12 or more
     * @param index roll-over counter << 16 | sequence number, as in the header
     * @return bytes from {@code targetOffset} that go on the wire
     * @throws IndexOutOfBoundsException if something does not fit
     * @throws IllegalArgumentException if the index is beyond 48 bits: a session of years needs new keys
     * @throws IllegalStateException if the index was that of the packet before
     */
    int protect(
            byte[] source,
            int sourceOffset,
            int payloadLength,
            byte[] target,
            int targetOffset,
            int headerBytes,
            long index);

    /**
     * As {@link #protect}, for a packet that was sent before: the same header, payload and index give the same bytes again, any
     * number of times running. Never for a payload that differs.
     */
    int resend(
            byte[] source,
            int sourceOffset,
            int payloadLength,
            byte[] target,
            int targetOffset,
            int headerBytes,
            long index);

    /** Bytes that a packet grows by. */
    int overheadBytes();
}
