package oriel.webrtc;

import java.util.List;
import java.util.Optional;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.MediaKind;

/**
 * One {@code m=} section of an offer.
 *
 * @param index its place, from 0
 * @param mid its name for BUNDLE and candidates, or empty
 * @param kind what it is to us
 * @param media as the {@code m=} line says it: {@code video audio application} or anything
 * @param direction seen from the viewer
 * @param port 0 says that the viewer does not use it, unless it rides on another's transport
 * @param protocol {@code UDP/TLS/RTP/SAVPF} and the like
 * @param formats the rest of the {@code m=} line
 * @param enabled whether the viewer uses it
 * @param bundled whether it shares the one transport that we speak over
 * @param rtcpMux whether RTCP may come to the port of RTP
 * @param rtcpRsize whether RTCP may leave out its report (RFC 5506)
 * @param codecs its payload types, in the viewer's order of preference
 * @param extensions header extensions it would understand
 */
public record OfferSection(
        int index,
        String mid,
        Kind kind,
        String media,
        Direction direction,
        int port,
        String protocol,
        List<String> formats,
        boolean enabled,
        boolean bundled,
        boolean rtcpMux,
        boolean rtcpRsize,
        List<OfferedCodec> codecs,
        List<HeaderExtension> extensions) {
    /** The feedback that speaks of all packets of the transport (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    static final String TRANSPORT_FEEDBACK = "transport-cc";

    private static final String TRANSPORT_SEQUENCE =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    // What a header of one byte can name (RFC 8285, 4.2).
    private static final int MAX_SHORT_ID = 14;

    /** What a section is to us. */
    public enum Kind {
        VIDEO,
        AUDIO,
        /** Data channels (SCTP over DTLS). */
        APPLICATION,
        OTHER
    }

    public OfferSection {
        formats = List.copyOf(formats);
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
    }

    /** Whether pictures or sounds may go to the viewer here. */
    public boolean takesMedia() {
        return takes(MediaKind.VIDEO) || takes(MediaKind.AUDIO);
    }

    /** Whether media of this kind may go to the viewer here. */
    public boolean takes(MediaKind wanted) {
        boolean receives = switch (direction) {
            case RECVONLY, SENDRECV -> true;
            case SENDONLY, INACTIVE -> false;
        };
        return receives && enabled && bundled && kind == (wanted == MediaKind.VIDEO ? Kind.VIDEO : Kind.AUDIO);
    }

    /** The payload type under which the viewer takes this coding as it is; empty if he does not, or not here. */
    public Optional<OfferedCodec> bestFor(Codec codec) {
        return takes(codec.kind()) ? CodecMatch.best(codecs, codec) : Optional.empty();
    }

    /** The payload type for repetitions of another one's packets (RFC 4588), where the viewer would ask for them. */
    public Optional<OfferedCodec> repetitionOf(OfferedCodec codec) {
        String payloadType = Integer.toString(codec.payloadType());
        return codecs.stream()
                .filter(other -> codec.feedback().contains("nack")
                        && other.name().equals("RTX")
                        && other.clockRate() == codec.clockRate()
                        && other.parameter("apt", "").equals(payloadType))
                .findFirst();
    }

    /**
     * Where each packet is to carry its number on the transport, so that the viewer reports when it came; empty if he would
     * not for this codec.
     */
    public Optional<HeaderExtension> transportSequence(OfferedCodec codec) {
        return extensions.stream()
                .filter(extension -> extension.uri().equals(TRANSPORT_SEQUENCE) && extension.id() <= MAX_SHORT_ID)
                .filter(extension -> codec.feedback().contains(TRANSPORT_FEEDBACK))
                .findFirst();
    }
}
