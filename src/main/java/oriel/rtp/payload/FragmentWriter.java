package oriel.rtp.payload;

import oriel.rtp.RtpPacket;

/**
 * Cuts NAL units into packets (RFC 6184, 5.6 and 5.8; RFC 7798, 4.4.1 and 4.4.3): whole if they fit one, else fragments
 * of exactly {@link RtpPacket#MAX_BYTES} bytes, the last one shorter. A unit may come in parts; each part is copied
 * straight into the packet under construction, and a full packet leaves at once.
 *
 * <pre>
 *  | RTP header, 12 | unit's header with the fragments' type, 1 or 2 | S E type, 1 | part of the unit |
 * </pre>
 */
final class FragmentWriter {
    private static final int START_BIT = 0x80;
    private static final int END_BIT = 0x40;
    private static final byte[] NONE = {};

    private final NalFormat format;
    private final PacketLine line;
    private final int wholeOffset; // of what follows the unit's header, in a packet with the whole unit
    private final int partOffset; // likewise in a fragment

    private int header;
    private boolean first;
    private byte[] array = NONE; // under construction
    private int fill;

    FragmentWriter(NalFormat format, PacketLine line) {
        this.format = format;
        this.line = line;
        this.wholeOffset = RtpPacket.HEADER_BYTES + format.headerBytes();
        this.partOffset = wholeOffset + 1;
    }

    /** Writes the unit of {@code length} bytes from {@code from}, its header with it. */
    void whole(ByteSource source, int from, int length) {
        if (length <= PacketLine.MAX_PAYLOAD) {
            byte[] single = single(source, from, length);
            line.add(single, single.length, false);
            return;
        }
        int headerBytes = format.headerBytes();
        start(format.header(source, from));
        append(source, from + headerBytes, length - headerBytes, true);
    }

    /** A packet of a unit that fits one, not yet on the line. */
    static byte[] single(ByteSource source, int from, int length) {
        byte[] single = new byte[RtpPacket.HEADER_BYTES + length];
        source.copy(from, single, RtpPacket.HEADER_BYTES, length);
        return single;
    }

    /** Begins a unit that comes in parts; one not ended is dropped. */
    void start(int newHeader) {
        header = newHeader;
        first = true;
        drop();
    }

    /** Forgets what has not left yet. */
    void drop() {
        array = NONE;
        fill = partOffset;
    }

    /**
     * Writes the next part, without header.
     *
     * @param last whether the unit ends with it
     */
    void append(ByteSource source, int from, int length, boolean last) {
        if (last && first && fill - partOffset + length <= RtpPacket.MAX_BYTES - wholeOffset) {
            endWhole(source, from, length);
            return;
        }
        int at = from;
        int rest = length;
        while (rest > 0) {
            if (array.length == 0) {
                array = new byte[last ? Math.min(RtpPacket.MAX_BYTES, partOffset + rest) : RtpPacket.MAX_BYTES];
            }
            int count = Math.min(rest, RtpPacket.MAX_BYTES - fill);
            source.copy(at, array, fill, count);
            fill += count;
            at += count;
            rest -= count;
            if (fill == RtpPacket.MAX_BYTES && (rest > 0 || !last)) {
                leave(false);
            }
        }
        if (last) {
            leave(true);
        }
    }

    /** A unit that came in parts and fits one packet after all; what was there moves by the one byte it needs less. */
    private void endWhole(ByteSource source, int from, int length) {
        int before = fill - partOffset;
        int total = wholeOffset + before + length;
        byte[] whole = array.length == 0 ? new byte[total] : array;
        if (before > 0) {
            System.arraycopy(whole, partOffset, whole, wholeOffset, before);
        }
        source.copy(from, whole, wholeOffset + before, length);
        format.writeHeader(header, whole, RtpPacket.HEADER_BYTES);
        line.add(whole, total, false);
        drop();
    }

    private void leave(boolean last) {
        byte[] part = array.length == 0 ? new byte[partOffset] : array;
        format.writeHeader(format.withType(header, format.fragmentType()), part, RtpPacket.HEADER_BYTES);
        int flags = (first ? START_BIT : 0) | (last ? END_BIT : 0);
        part[wholeOffset] = (byte) (flags | format.type(header));
        line.add(part, fill, false);
        first = false;
        drop();
    }
}
