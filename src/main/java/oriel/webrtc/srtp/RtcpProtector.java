package oriel.webrtc.srtp;

import java.util.Objects;

/** Turns plain RTCP into SRTCP for one peer (RFC 3711, 3.4; RFC 7714, 9). Keeps the 31-bit index. Belongs to one loop. */
public final class RtcpProtector {
    private static final int MAX_INDEX = Integer.MAX_VALUE;

    private final SrtpTransform transform;
    private final int overheadBytes;
    private int next;
    private boolean usedUp;

    /** One on the fastest ciphers that this machine has. */
    public RtcpProtector(MasterKey key) {
        this(SessionKeys.forRtcp(key), 0);
    }

    RtcpProtector(SessionKeys keys, int firstIndex) {
        transform = SrtpTransform.of(keys);
        overheadBytes = keys.profile().tagBytes() + SrtpTransform.RTCP_WORD_BYTES;
        next = firstIndex;
    }

    /**
     * Protects one compound packet into {@code target}, which may be {@code source} at the same offset.
     *
     * @param length bytes of the plain packet, 8 or more
     * @param target has room for them and {@link #overheadBytes()}
     * @return bytes from {@code targetOffset} that go on the wire
     * @throws IllegalStateException after 2^31 packets: a session of years needs new keys
     */
    public int protect(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, length + overheadBytes, target.length);
        if (length < SrtpTransform.RTCP_HEADER_BYTES) {
            throw new IllegalArgumentException("an RTCP packet of " + length + " bytes");
        }
        if (usedUp) {
            throw new IllegalStateException("all SRTCP indexes are used up");
        }
        int index = next;
        usedUp = index == MAX_INDEX;
        next++;
        return transform.sealRtcp(source, sourceOffset, length, target, targetOffset, index);
    }

    /** Bytes that a packet grows by. */
    public int overheadBytes() {
        return overheadBytes;
    }
}
