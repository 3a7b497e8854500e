package oriel.rtp;

/**
 * One RTP packet on its way to viewers: an immutable view on one heap array that holds a plain 12-byte header (no CSRC,
 * extension or padding) and the payload. Sequence and time are also kept at full width, in the numbering of the track;
 * a viewer writes its own header and takes only the payload. Shared by any number of threads without a lock or a count.
 */
public final class RtpPacket {
    /** Bytes before the payload, always. */
    public static final int HEADER_BYTES = 12;

    /** The most bytes a packet has, header included, so that it fits every path with SRTP around it. */
    public static final int MAX_BYTES = 1200;

    private static final int VERSION_2 = 0x80;
    private static final int MARKER_BIT = 0x80;

    private final byte[] array;
    private final int length;
    private final long sequence;
    private final long ptsTicks;
    private final boolean keyStart;

    private RtpPacket(byte[] array, int length, long sequence, long ptsTicks, boolean keyStart) {
        this.array = array;
        this.length = length;
        this.sequence = sequence;
        this.ptsTicks = ptsTicks;
        this.keyStart = keyStart;
    }

    /**
     * Writes the header into the first {@value #HEADER_BYTES} bytes of {@code array} and takes the array over.
     *
     * @param array header room, then the payload
     * @param length header and payload together
     * @param sequence the track's own count; its low 16 bits go on the wire
     * @param ptsTicks the track's own time; its low 32 bits go on the wire
     * @param marker last packet of a picture
     * @param keyStart whether a decoder can start with this packet
     */
    public static RtpPacket take(
            byte[] array, int length, long sequence, long ptsTicks, boolean marker, boolean keyStart) {
        if (length < HEADER_BYTES || length > array.length) {
            throw new IllegalArgumentException("packet of " + length + " bytes in an array of " + array.length);
        }
        array[0] = (byte) VERSION_2;
        array[1] = (byte) (marker ? MARKER_BIT : 0);
        array[2] = (byte) (sequence >> 8);
        array[3] = (byte) sequence;
        array[4] = (byte) (ptsTicks >> 24);
        array[5] = (byte) (ptsTicks >> 16);
        array[6] = (byte) (ptsTicks >> 8);
        array[7] = (byte) ptsTicks;
        array[8] = 0;
        array[9] = 0;
        array[10] = 0;
        array[11] = 0;
        return new RtpPacket(array, length, sequence, ptsTicks, keyStart);
    }

    /** The array behind this packet, from index 0; never write to it. */
    public byte[] array() {
        return array;
    }

    /** Header and payload, bytes. */
    public int length() {
        return length;
    }

    /** Payload only, bytes. */
    public int payloadLength() {
        return length - HEADER_BYTES;
    }

    /** Counts the packets of the track in one connection to the camera; a gap is something that was lost before us. */
    public long sequence() {
        return sequence;
    }

    /** When to show it, in ticks of the track's clock; never wraps, goes on over reconnects. */
    public long ptsTicks() {
        return ptsTicks;
    }

    public boolean marker() {
        return (array[1] & MARKER_BIT) != 0;
    }

    /** Whether a decoder can start here: the first packet of a key frame (with its parameter sets), or any of sound. */
    public boolean keyStart() {
        return keyStart;
    }
}
