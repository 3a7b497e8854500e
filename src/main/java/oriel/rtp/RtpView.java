package oriel.rtp;

import java.nio.ByteBuffer;
import oriel.base.MalformedException;

/**
 * Looks at one RTP packet (RFC 3550, 5.1) where it was read, without copying it: a channel keeps one view and points it
 * at packet after packet. Not thread-safe; what it says holds until the next {@link #wrap}.
 *
 * <pre>
 *  0               1               2               3
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                              SSRC                             |
 *  |                     CSRC, CC times                            |
 *  |  if X: profile                |  length in words              | extension
 * </pre>
 */
public final class RtpView {
    /** Bytes before CSRCs and extension. */
    public static final int FIXED_HEADER_BYTES = 12;

    private static final int VERSION_SHIFT = 6;
    private static final int PADDING_BIT = 0x20;
    private static final int EXTENSION_BIT = 0x10;
    private static final int CSRC_COUNT_MASK = 0x0F;
    private static final int MARKER_BIT = 0x80;
    private static final int PAYLOAD_TYPE_MASK = 0x7F;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Points this view at {@code length} bytes from absolute index {@code offset} of {@code buffer}; the buffer's own
     * position and order do not matter and stay.
     */
    public void wrap(ByteBuffer buffer, int offset, int length) throws MalformedException {
        if (offset < 0 || length < FIXED_HEADER_BYTES || offset > buffer.limit() - length) {
            throw new MalformedException("RTP shorter than its header");
        }
        int first = buffer.get(offset);
        if ((first & 0xFF) >> VERSION_SHIFT != 2) {
            throw new MalformedException("RTP version is not 2");
        }
        int header = FIXED_HEADER_BYTES + 4 * (first & CSRC_COUNT_MASK);
        if ((first & EXTENSION_BIT) != 0) {
            if (header + 4 > length) {
                throw new MalformedException("RTP header extension cut off");
            }
            header += 4 + 4 * u16(buffer, offset + header + 2);
        }
        int padding = 0;
        if ((first & PADDING_BIT) != 0) {
            padding = buffer.get(offset + length - 1) & 0xFF;
            if (padding == 0) {
                throw new MalformedException("RTP padding of no length");
            }
        }
        if (header + padding > length) {
            throw new MalformedException("RTP header and padding longer than the packet");
        }
        this.buffer = buffer;
        this.offset = offset;
        this.payloadOffset = offset + header;
        this.payloadLength = length - header - padding;
    }

    /** The last packet of a picture, or the first of a talk spurt: what the payload format says. */
    public boolean marker() {
        return (buffer.get(offset + 1) & MARKER_BIT) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buffer.get(offset + 1) & PAYLOAD_TYPE_MASK;
    }

    /** 0 to 65535. */
    public int sequence() {
        return u16(buffer, offset + 2);
    }

    /** 32 bits, unsigned. */
    public long timestamp() {
        return int32(offset + 4) & 0xFFFF_FFFFL;
    }

    /** 32 bits. */
    public int ssrc() {
        return int32(offset + 8);
    }

    /** Payload bytes, without padding; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Payload byte {@code index}, 0 to 255; the caller has checked {@code index} against {@link #payloadLength()}. */
    public int payload(int index) {
        return buffer.get(payloadOffset + index) & 0xFF;
    }

    /** Copies {@code length} payload bytes from {@code index} into {@code target}; bounds are the caller's. */
    public void copyPayload(int index, byte[] target, int targetOffset, int length) {
        buffer.get(payloadOffset + index, target, targetOffset, length);
    }

    // Byte by byte, so that the buffer's order does not matter.
    private static int u16(ByteBuffer buffer, int index) {
        return (buffer.get(index) & 0xFF) << 8 | (buffer.get(index + 1) & 0xFF);
    }

    private int int32(int index) {
        return u16(buffer, index) << 16 | u16(buffer, index + 2);
    }
}
