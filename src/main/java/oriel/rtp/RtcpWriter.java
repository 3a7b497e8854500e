package oriel.rtp;

import java.util.List;

/**
 * Appends RTCP packets to an array (RFC 3550, 6; RFC 4585, 6), one after another, so that they make a compound; makes
 * no objects. A compound begins with a report, of no blocks if there is nothing to report on. Not thread-safe.
 */
public final class RtcpWriter {
    /** Most report blocks of one report. */
    public static final int MAX_REPORTS = 31;

    private static final int HEADER_BYTES = 4;
    private static final int SENDER_INFO_BYTES = 20;
    private static final int MAX_CNAME = 255;

    private final byte[] array;
    private final int start;
    private int at;

    /** Writes into {@code array} from {@code offset}, to its end at most. */
    public RtcpWriter(byte[] array, int offset) {
        if (offset < 0 || offset > array.length) {
            throw new IllegalArgumentException("offset " + offset + " in an array of " + array.length);
        }
        this.array = array;
        this.start = offset;
        this.at = offset;
    }

    /** Bytes written so far. */
    public int length() {
        return at - start;
    }

    /** A sender report without blocks; the counts are of packets and payload bytes sent, and wrap at 32 bits. */
    public RtcpWriter senderReport(int ssrc, NtpTime ntpTime, long rtpTimestamp, long packets, long octets) {
        return senderReport(ssrc, ntpTime, rtpTimestamp, packets, octets, List.of());
    }

    /** A sender report with at most {@value #MAX_REPORTS} blocks. */
    public RtcpWriter senderReport(
            int ssrc, NtpTime ntpTime, long rtpTimestamp, long packets, long octets, List<ReceptionReport> reports) {
        int bytes = 4 + SENDER_INFO_BYTES + ReceptionReport.BYTES * reports.size();
        header(reports.size(), RtcpParser.TYPE_SR, bytes);
        int32(ssrc);
        int32((int) (ntpTime.bits() >> 32));
        int32((int) ntpTime.bits());
        int32((int) rtpTimestamp);
        int32((int) packets);
        int32((int) octets);
        blocks(reports);
        return this;
    }

    /** A receiver report with at most {@value #MAX_REPORTS} blocks, or none. */
    public RtcpWriter receiverReport(int ssrc, List<ReceptionReport> reports) {
        header(reports.size(), RtcpParser.TYPE_RR, 4 + ReceptionReport.BYTES * reports.size());
        int32(ssrc);
        blocks(reports);
        return this;
    }

    /**
     * A source description of one source with its canonical name.
     *
     * @param cname printable ASCII, at most 255 characters
     */
    public RtcpWriter cname(int ssrc, String cname) {
        int length = cname.length();
        if (length > MAX_CNAME) {
            throw new IllegalArgumentException("CNAME longer than " + MAX_CNAME + " characters: " + length);
        }
        // SSRC, item type and length, text, and one to four zeros that end the item list on a word.
        int bytes = (4 + 2 + length + 4) & ~3;
        header(1, RtcpParser.TYPE_SDES, bytes);
        int end = at + bytes;
        int32(ssrc);
        array[at++] = RtcpParser.SDES_CNAME;
        array[at++] = (byte) length;
        for (int i = 0; i < length; i++) {
            char c = cname.charAt(i);
            array[at++] = (byte) (c >= ' ' && c <= '~' ? c : '?');
        }
        while (at < end) {
            array[at++] = 0;
        }
        return this;
    }

    /** A goodbye of one source. */
    public RtcpWriter bye(int ssrc) {
        header(1, RtcpParser.TYPE_BYE, 4);
        int32(ssrc);
        return this;
    }

    /**
     * A generic NACK.
     *
     * @param sequences lost sequence numbers, of which the low 16 bits count, ascending (over a wrap too)
     * @param count how many of them, at least 1
     */
    public RtcpWriter nack(int senderSsrc, int mediaSsrc, int[] sequences, int count) {
        if (count < 1 || count > sequences.length) {
            throw new IllegalArgumentException("NACK of " + count + " of " + sequences.length + " packets");
        }
        header(RtcpParser.FORMAT_NACK, RtcpParser.TYPE_RTPFB, 8 + 4 * nackItems(sequences, count));
        int32(senderSsrc);
        int32(mediaSsrc);
        int i = 0;
        while (i < count) {
            int first = sequences[i++];
            int following = 0;
            while (i < count && distance(first, sequences[i]) <= 16) {
                int distance = distance(first, sequences[i++]);
                following |= distance == 0 ? 0 : 1 << (distance - 1);
            }
            int32(first << 16 | following);
        }
        return this;
    }

    /** A picture loss indication: asks {@code mediaSsrc} for a key frame. */
    public RtcpWriter pli(int senderSsrc, int mediaSsrc) {
        header(RtcpParser.FORMAT_PLI, RtcpParser.TYPE_PSFB, 8);
        int32(senderSsrc);
        int32(mediaSsrc);
        return this;
    }

    private static int nackItems(int[] sequences, int count) {
        int items = 0;
        int i = 0;
        while (i < count) {
            int first = sequences[i++];
            while (i < count && distance(first, sequences[i]) <= 16) {
                i++;
            }
            items++;
        }
        return items;
    }

    private static int distance(int first, int later) {
        return (later - first) & 0xFFFF;
    }

    private void header(int count, int type, int bodyBytes) {
        if (count > MAX_REPORTS) {
            throw new IllegalArgumentException("more than " + MAX_REPORTS + " report blocks: " + count);
        }
        if (array.length - at < HEADER_BYTES + bodyBytes) {
            throw new IllegalStateException("no room for " + (HEADER_BYTES + bodyBytes) + " bytes of RTCP");
        }
        array[at++] = (byte) (0x80 | count);
        array[at++] = (byte) type;
        int words = bodyBytes / 4;
        array[at++] = (byte) (words >> 8);
        array[at++] = (byte) words;
    }

    private void blocks(List<ReceptionReport> reports) {
        for (int i = 0; i < reports.size(); i++) {
            ReceptionReport report = reports.get(i);
            int32(report.ssrc());
            int32(report.fractionLost() << 24 | (report.cumulativeLost() & 0xFF_FFFF));
            int32((int) report.highestSequence());
            int32((int) report.jitterTicks());
            int32((int) report.lastSenderReport());
            int32((int) report.delaySinceSenderReport());
        }
    }

    private void int32(int value) {
        array[at++] = (byte) (value >> 24);
        array[at++] = (byte) (value >> 16);
        array[at++] = (byte) (value >> 8);
        array[at++] = (byte) value;
    }
}
