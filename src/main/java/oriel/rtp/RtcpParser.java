package oriel.rtp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.base.MalformedException;

/**
 * Reads RTCP packets.
 *
 * <pre>
 *  0               1               2               3
 *  |V=2|P|  count  |  packet type  |  length in words, minus one   |
 *  |  the packet type's own: an SSRC first in all we read          |
 * </pre>
 */
final class RtcpParser {
    static final int TYPE_SR = 200;
    static final int TYPE_RR = 201;
    static final int TYPE_SDES = 202;
    static final int TYPE_BYE = 203;
    static final int TYPE_RTPFB = 205;
    static final int TYPE_PSFB = 206;
    static final int FORMAT_NACK = 1;
    static final int FORMAT_PLI = 1;
    static final int SDES_CNAME = 1;

    private static final int FORMAT_TRANSPORT = 15;
    private static final int FORMAT_FIR = 4;
    private static final int FORMAT_AFB = 15;
    private static final int HEADER_BYTES = 4;
    private static final int PADDING_BIT = 0x20;
    private static final int COUNT_MASK = 0x1F;
    private static final int SENDER_INFO_BYTES = 24;
    private static final int FEEDBACK_BYTES = 8;
    private static final int REMB_NAME = 'R' << 24 | 'E' << 16 | 'M' << 8 | 'B';
    private static final int REMB_MANTISSA_BITS = 18;
    private static final int LONG_BITS = 63;
    private static final long MASK_32 = 0xFFFF_FFFFL;

    private final ByteBuffer buffer;
    private int at; // of the body under reading
    private int end;

    private RtcpParser(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    static List<RtcpPacket> parse(ByteBuffer source, int offset, int length) throws MalformedException {
        if (offset < 0 || length <= 0 || offset > source.limit() - length) {
            throw new MalformedException("RTCP of no length");
        }
        var parser = new RtcpParser(source.duplicate().order(ByteOrder.BIG_ENDIAN));
        List<RtcpPacket> packets = new ArrayList<>(4);
        int position = offset;
        int limit = offset + length;
        while (position < limit) {
            if (packets.size() == RtcpPacket.MAX_PACKETS) {
                throw new MalformedException("RTCP compound of more than " + RtcpPacket.MAX_PACKETS + " packets");
            }
            if (limit - position < HEADER_BYTES) {
                throw new MalformedException("RTCP header cut off");
            }
            int bytes = HEADER_BYTES * (parser.u16(position + 2) + 1);
            if (bytes > limit - position) {
                throw new MalformedException("RTCP packet cut off");
            }
            packets.add(parser.packet(position, position + bytes));
            position += bytes;
        }
        return packets;
    }

    private RtcpPacket packet(int start, int packetEnd) throws MalformedException {
        int first = buffer.get(start) & 0xFF;
        if (first >> 6 != 2) {
            throw new MalformedException("RTCP version is not 2");
        }
        at = start + HEADER_BYTES;
        end = packetEnd;
        if ((first & PADDING_BIT) != 0) {
            int padding = buffer.get(end - 1) & 0xFF;
            if (padding == 0 || padding > end - at) {
                throw new MalformedException("RTCP padding longer than the packet");
            }
            end -= padding;
        }
        int count = first & COUNT_MASK;
        int type = buffer.get(start + 1) & 0xFF;
        return switch (type) {
            case TYPE_SR -> senderReport(count);
            case TYPE_RR -> receiverReport(count);
            case TYPE_SDES -> sourceDescription(count);
            case TYPE_BYE -> bye(count);
            case TYPE_RTPFB -> transportLayerFeedback(count);
            case TYPE_PSFB -> payloadFeedback(count);
            default -> new RtcpPacket.Other(type, count);
        };
    }

    private RtcpPacket senderReport(int count) throws MalformedException {
        need(SENDER_INFO_BYTES, "sender report");
        int ssrc = int32();
        var ntpTime = new NtpTime((long) int32() << 32 | u32());
        long rtpTimestamp = u32();
        long packets = u32();
        long octets = u32();
        return new RtcpPacket.SenderReport(ssrc, ntpTime, rtpTimestamp, packets, octets, reports(count));
    }

    private RtcpPacket receiverReport(int count) throws MalformedException {
        need(4, "receiver report");
        int ssrc = int32();
        return new RtcpPacket.ReceiverReport(ssrc, reports(count));
    }

    private List<ReceptionReport> reports(int count) throws MalformedException {
        need(count * ReceptionReport.BYTES, "report block");
        List<ReceptionReport> reports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ssrc = int32();
            int loss = int32();
            int cumulative = loss << 8 >> 8; // sign of the 24 bits kept
            reports.add(new ReceptionReport(ssrc, loss >>> 24, cumulative, u32(), u32(), u32(), u32()));
        }
        return reports;
    }

    private RtcpPacket sourceDescription(int count) throws MalformedException {
        List<RtcpPacket.SourceDescription.Source> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            need(4, "source description");
            int chunk = at;
            int ssrc = int32();
            String cname = items();
            at += -(at - chunk) & 3; // a chunk ends on a word
            sources.add(new RtcpPacket.SourceDescription.Source(ssrc, cname));
        }
        return new RtcpPacket.SourceDescription(sources);
    }

    /** Reads items up to and with the zero that ends them. */
    private String items() throws MalformedException {
        String cname = "";
        while (true) {
            need(1, "source description");
            int item = u8();
            if (item == 0) {
                return cname;
            }
            need(1, "source description item");
            String text = text("source description item");
            if (item == SDES_CNAME) {
                cname = text;
            }
        }
    }

    private RtcpPacket bye(int count) throws MalformedException {
        List<Integer> ssrcs = ssrcs(count, "goodbye");
        return new RtcpPacket.Bye(ssrcs, at < end ? text("goodbye's reason") : "");
    }

    private RtcpPacket transportLayerFeedback(int format) throws MalformedException {
        return switch (format) {
            case FORMAT_NACK -> nack();
            case FORMAT_TRANSPORT -> {
                need(FEEDBACK_BYTES, "transport feedback");
                int sender = int32();
                yield TransportFeedbackParser.parse(sender, int32(), buffer, at, end);
            }
            default -> new RtcpPacket.Other(TYPE_RTPFB, format);
        };
    }

    private RtcpPacket nack() throws MalformedException {
        need(FEEDBACK_BYTES, "NACK");
        int sender = int32();
        int media = int32();
        List<Integer> sequences = new ArrayList<>();
        while (at < end) {
            need(4, "NACK");
            int first = u16(at);
            int following = u16(at + 2);
            at += 4;
            addNacked(sequences, first);
            for (int bit = 0; bit < 16; bit++) {
                if ((following >> bit & 1) != 0) {
                    addNacked(sequences, first + bit + 1);
                }
            }
        }
        return new RtcpPacket.Nack(sender, media, sequences);
    }

    private static void addNacked(List<Integer> sequences, int sequence) {
        if (sequences.size() < RtcpPacket.MAX_NACKED) {
            sequences.add(sequence & 0xFFFF);
        }
    }

    private RtcpPacket payloadFeedback(int format) throws MalformedException {
        need(FEEDBACK_BYTES, "payload feedback");
        int sender = int32();
        int media = int32();
        return switch (format) {
            case FORMAT_PLI -> new RtcpPacket.Pli(sender, media);
            case FORMAT_FIR -> fir(sender);
            case FORMAT_AFB -> application(sender);
            default -> new RtcpPacket.Other(TYPE_PSFB, format);
        };
    }

    private RtcpPacket fir(int sender) throws MalformedException {
        List<RtcpPacket.Fir.Request> requests = new ArrayList<>();
        while (at < end) {
            need(8, "FIR");
            int ssrc = int32();
            requests.add(new RtcpPacket.Fir.Request(ssrc, u8()));
            at += 3;
        }
        return new RtcpPacket.Fir(sender, requests);
    }

    private RtcpPacket application(int sender) throws MalformedException {
        if (end - at < 8 || int32() != REMB_NAME) {
            return new RtcpPacket.Other(TYPE_PSFB, FORMAT_AFB);
        }
        int count = u8();
        int exponent = u8();
        long mantissa = (exponent & 3L) << 16 | u16(at);
        at += 2;
        exponent >>= 2;
        long bits = exponent > LONG_BITS - REMB_MANTISSA_BITS && mantissa != 0 ? Long.MAX_VALUE : mantissa << exponent;
        return new RtcpPacket.Remb(sender, bits, ssrcs(count, "REMB"));
    }

    private List<Integer> ssrcs(int count, String what) throws MalformedException {
        need(4 * count, what);
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(int32());
        }
        return ssrcs;
    }

    /** A text with its length before it, which is there. */
    private String text(String what) throws MalformedException {
        int length = u8();
        need(length, what);
        byte[] text = new byte[length];
        buffer.get(at, text);
        at += length;
        return new String(text, StandardCharsets.UTF_8);
    }

    private void need(int bytes, String what) throws MalformedException {
        if (end - at < bytes) {
            throw new MalformedException("RTCP " + what + " cut off");
        }
    }

    private int u8() {
        return buffer.get(at++) & 0xFF;
    }

    private int u16(int index) {
        return buffer.getShort(index) & 0xFFFF;
    }

    private int int32() {
        int value = buffer.getInt(at);
        at += 4;
        return value;
    }

    private long u32() {
        return int32() & MASK_32;
    }
}
