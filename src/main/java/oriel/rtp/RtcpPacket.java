package oriel.rtp;

import java.nio.ByteBuffer;
import java.util.List;
import oriel.base.MalformedException;

/**
 * One packet of RTCP (RFC 3550, 6; feedback: RFC 4585 and 5104). SSRCs are 32-bit values in an {@code int}; lists are
 * bounded by what a packet's length and 5-bit counts allow.
 */
public sealed interface RtcpPacket {
    /** Most packets read from one compound. */
    int MAX_PACKETS = 32;

    /** Most sequence numbers read from one NACK: no sender keeps more packets to send again. The rest is passed over. */
    int MAX_NACKED = 1024;

    /** Most packets that one transport feedback speaks of; one of more is malformed. */
    int MAX_ARRIVALS = 8192;

    /**
     * What a sender says of its clock and count (type 200).
     *
     * @param ssrc who sends
     * @param ntpTime when this was sent, by the sender's clock
     * @param rtpTimestamp the same moment in RTP ticks; 32 bits, unsigned
     * @param packets sent so far; 32 bits, unsigned
     * @param octets of payload sent so far; 32 bits, unsigned
     * @param reports on those it hears
     */
    record SenderReport(
            int ssrc, NtpTime ntpTime, long rtpTimestamp, long packets, long octets, List<ReceptionReport> reports)
            implements RtcpPacket {
        public SenderReport {
            reports = List.copyOf(reports);
        }
    }

    /**
     * What one that only listens says (type 201).
     *
     * @param ssrc who listens
     * @param reports on those it hears
     */
    record ReceiverReport(int ssrc, List<ReceptionReport> reports) implements RtcpPacket {
        public ReceiverReport {
            reports = List.copyOf(reports);
        }
    }

    /** Who the sources are (type 202). */
    record SourceDescription(List<Source> sources) implements RtcpPacket {
        public SourceDescription {
            sources = List.copyOf(sources);
        }

        /**
         * One of them.
         *
         * @param cname its canonical name, or empty if it gave none
         */
        public record Source(int ssrc, String cname) {}
    }

    /**
     * Sources that leave (type 203).
     *
     * @param reason in words, or empty
     */
    record Bye(List<Integer> ssrcs, String reason) implements RtcpPacket {
        public Bye {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * Packets that did not arrive (RFC 4585, 6.2.1).
     *
     * @param senderSsrc who misses them
     * @param mediaSsrc whose they are
     * @param sequences 16 bits each, in the order given; at most {@value RtcpPacket#MAX_NACKED}
     */
    record Nack(int senderSsrc, int mediaSsrc, List<Integer> sequences) implements RtcpPacket {
        public Nack {
            sequences = List.copyOf(sequences);
        }
    }

    /** The picture is lost and a key frame wished for (RFC 4585, 6.3.1). */
    record Pli(int senderSsrc, int mediaSsrc) implements RtcpPacket {}

    /** A key frame is demanded (RFC 5104, 4.3.1). */
    record Fir(int senderSsrc, List<Request> requests) implements RtcpPacket {
        public Fir {
            requests = List.copyOf(requests);
        }

        /**
         * Of one sender.
         *
         * @param sequence 0 to 255; the same number again is the same demand repeated
         */
        public record Request(int ssrc, int sequence) {}
    }

    /**
     * What a receiver believes to be able to take (draft-alvestrand-rmcat-remb-03).
     *
     * @param bitsPerSecond all of {@code ssrcs} together
     */
    record Remb(int senderSsrc, long bitsPerSecond, List<Integer> ssrcs) implements RtcpPacket {
        public Remb {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * When the packets of a whole transport came, by the numbers they carry (draft-holmer-rmcat-transport-wide-cc-extensions-01,
     * 3.1).
     *
     * @param feedbackCount 8 bits, one more each time
     * @param arrivals of the packets from the first one reported on
     */
    record TransportFeedback(int senderSsrc, int mediaSsrc, int feedbackCount, TransportArrivals arrivals)
            implements RtcpPacket {}

    /**
     * One that this version does not read.
     *
     * @param type packet type, such as 204 for APP
     * @param format the 5 bits beside it: a count, a subtype or a feedback format
     */
    record Other(int type, int format) implements RtcpPacket {}

    /**
     * Reads all packets of a compound, or of a reduced-size one (RFC 5506).
     *
     * @throws MalformedException if any of it is cut off, or of another version, or if there are more than
     *     {@value #MAX_PACKETS}
     */
    static List<RtcpPacket> parseCompound(byte[] array, int offset, int length) throws MalformedException {
        return RtcpParser.parse(ByteBuffer.wrap(array), offset, length);
    }

    /** Likewise, from absolute index {@code offset} of {@code buffer}, whose position and order do not matter. */
    static List<RtcpPacket> parseCompound(ByteBuffer buffer, int offset, int length) throws MalformedException {
        return RtcpParser.parse(buffer, offset, length);
    }
}
