package oriel.webrtc.srtp;

import java.util.Objects;
import oriel.base.MalformedException;

/**
 * Turns a peer's SRTP into plain RTP: guesses the roll-over counter (RFC 3711, appendix A), refuses what is forged or came
 * before, each sender apart, at most 16 of them. What is refused changes nothing here. Belongs to one loop.
 */
public final class PacketUnprotector {
    private static final int FIXED_HEADER_BYTES = 12;
    private static final int EXTENSION_HEADER_BYTES = 4;
    private static final int VERSION_MASK = 0xC0;
    private static final int VERSION_2 = 0x80;
    private static final int EXTENSION_BIT = 0x10;
    private static final int CSRC_COUNT_MASK = 0x0F;
    private static final int SSRC_AT = 8;
    private static final int HALF_SEQUENCES = 0x8000;

    private final SrtpTransform transform;
    private final int tagBytes;
    private final ReplayWindows windows = new ReplayWindows();

    /** One on the fastest ciphers that this machine has. */
    public PacketUnprotector(MasterKey key) {
        this(SessionKeys.forRtp(key));
    }

    PacketUnprotector(SessionKeys keys) {
        transform = SrtpTransform.of(keys);
        tagBytes = keys.profile().tagBytes();
    }

    /**
     * Checks and decrypts one packet into {@code target}, which may be {@code source} at the same offset. After an exception the
     * target's bytes are worthless.
     *
     * @param length bytes of the SRTP packet
     * @param target has room for {@code length} bytes from {@code targetOffset}
     * @return bytes of the plain packet, header included
     * @throws MalformedException if it is too short, forged, too old, came before, or is of one sender too many
     */
    public int unprotect(byte[] source, int offset, int length, byte[] target, int targetOffset)
            throws MalformedException {
        Objects.checkFromIndexSize(offset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        int headerBytes = headerBytes(source, offset, length);
        int ssrc = SrtpTransform.readInt(source, offset + SSRC_AT);
        int sequence = (source[offset + 2] & 0xFF) << 8 | (source[offset + 3] & 0xFF);
        ReplayWindow window = windows.of(ssrc);
        long index = window.isEmpty() ? sequence : estimate(window.highest(), sequence);
        if (index < 0 || index > PacketProtector.MAX_INDEX || !window.admits(index)) {
            throw new MalformedException("SRTP packet that came before or is too old");
        }
        int plain = transform.openRtp(source, offset, length, headerBytes, index, target, targetOffset);
        windows.accept(ssrc, window, index);
        return plain;
    }

    private int headerBytes(byte[] source, int offset, int length) throws MalformedException {
        if (length < FIXED_HEADER_BYTES + tagBytes) {
            throw new MalformedException("SRTP packet is too short");
        }
        int first = source[offset];
        if ((first & VERSION_MASK) != VERSION_2) {
            throw new MalformedException("SRTP packet of another version");
        }
        int bytes = FIXED_HEADER_BYTES + 4 * (first & CSRC_COUNT_MASK);
        if ((first & EXTENSION_BIT) != 0) {
            bytes += EXTENSION_HEADER_BYTES;
            if (bytes + tagBytes > length) {
                throw new MalformedException("SRTP header is cut off");
            }
            int at = offset + bytes - 2;
            bytes += 4 * ((source[at] & 0xFF) << 8 | (source[at + 1] & 0xFF));
        }
        if (bytes + tagBytes > length) {
            throw new MalformedException("SRTP header is cut off");
        }
        return bytes;
    }

    /** The index nearest to the highest so far that ends in this sequence number; below 0 before the first roll-over. */
    static long estimate(long highest, int sequence) {
        int last = (int) highest & 0xFFFF;
        long rollOver = highest >>> 16;
        if (last < HALF_SEQUENCES) {
            if (sequence - last > HALF_SEQUENCES) {
                rollOver--;
            }
        } else if (last - HALF_SEQUENCES > sequence) {
            rollOver++;
        }
        return rollOver << 16 | sequence;
    }
}
