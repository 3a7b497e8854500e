package oriel.webrtc.srtp;

import java.util.Objects;
import oriel.base.MalformedException;

/**
 * Turns a peer's SRTCP into plain RTCP; what is forged or came before is refused, each sender apart, at most 16 of them. A
 * packet that is genuine and says that it is not encrypted is taken as it is. What is refused changes nothing here. Belongs
 * to one loop.
 */
public final class RtcpUnprotector {
    private static final int VERSION_MASK = 0xC0;
    private static final int VERSION_2 = 0x80;

    private final SrtpTransform transform;
    private final int overheadBytes;
    private final ReplayWindows windows = new ReplayWindows();

    /** One on the fastest ciphers that this machine has. */
    public RtcpUnprotector(MasterKey key) {
        this(SessionKeys.forRtcp(key));
    }

    RtcpUnprotector(SessionKeys keys) {
        transform = SrtpTransform.of(keys);
        overheadBytes = keys.profile().tagBytes() + SrtpTransform.RTCP_WORD_BYTES;
    }

    /**
     * Checks and decrypts one compound packet into {@code target}, which may be {@code source} at the same offset. After an
     * exception the target's bytes are worthless.
     *
     * @param length bytes of the SRTCP packet
     * @param target has room for {@code length} bytes from {@code targetOffset}
     * @return bytes of the plain packet
     * @throws MalformedException if it is too short, forged, too old, came before, or is of one sender too many
     */
    public int unprotect(byte[] source, int offset, int length, byte[] target, int targetOffset)
            throws MalformedException {
        Objects.checkFromIndexSize(offset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        if (length < SrtpTransform.RTCP_HEADER_BYTES + overheadBytes) {
            throw new MalformedException("SRTCP packet is too short");
        }
        if ((source[offset] & VERSION_MASK) != VERSION_2) {
            throw new MalformedException("SRTCP packet of another version");
        }
        int ssrc = SrtpTransform.readInt(source, offset + SrtpTransform.RTCP_SSRC_AT);
        int word = SrtpTransform.readInt(source, offset + transform.rtcpWordAt(length));
        int index = word & ~SrtpTransform.ENCRYPTED_FLAG;
        ReplayWindow window = windows.of(ssrc);
        if (!window.admits(index)) {
            throw new MalformedException("SRTCP packet that came before or is too old");
        }
        int plain = transform.openRtcp(source, offset, length, word, target, targetOffset);
        windows.accept(ssrc, window, index);
        return plain;
    }
}
