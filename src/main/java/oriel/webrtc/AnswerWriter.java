package oriel.webrtc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.media.Direction;
import oriel.sdp.MediaSection;
import oriel.sdp.SdpAttribute;
import oriel.sdp.SessionDescription;

/** Writes an {@link Answer} as SDP, in the order and with the repetitions that browsers write and so surely read. */
final class AnswerWriter {
    private static final int DISCARD_PORT = 9; // RFC 8840, 4.1.1: no default candidate; see the candidates
    private static final int SCTP_PORT = 5000;
    private static final String NO_ADDRESS = "IN IP4 0.0.0.0";

    // What we act upon, beside feedback of the whole transport where it is agreed on. The viewer's own estimate
    // (goog-remb) is not among it: receiver reports tell loss and round trip where that feedback is missing.
    private static final Set<String> FEEDBACK = Set.of("nack", "nack pli", "ccm fir");

    private final Answer answer;
    private final Offer offer;

    AnswerWriter(Answer answer) {
        this.answer = answer;
        this.offer = answer.offer();
    }

    SessionDescription write() {
        List<MediaSection> sections = new ArrayList<>();
        for (OfferSection section : offer.sections()) {
            sections.add(section(section));
        }
        String origin = "- " + answer.sessionId() + " 1 IN IP4 127.0.0.1";
        return new SessionDescription(origin, "-", "", group(), sections);
    }

    private List<SdpAttribute> group() {
        if (!offer.bundle()) {
            return List.of();
        }
        List<String> mids = offer.sections().stream()
                .filter(this::accepted)
                .map(OfferSection::mid)
                .toList();
        return List.of(new SdpAttribute("group", "BUNDLE " + String.join(" ", mids)));
    }

    // The section that is the transport stays, whatever it is for.
    private boolean accepted(OfferSection section) {
        return section.enabled()
                && section.bundled()
                && (section.kind() != OfferSection.Kind.OTHER || section.index() == offer.transport());
    }

    private MediaSection section(OfferSection section) {
        if (!accepted(section)) {
            List<SdpAttribute> attributes = new ArrayList<>();
            mid(section, attributes);
            attributes.add(new SdpAttribute(Direction.INACTIVE.word()));
            return new MediaSection(section.media(), 0, section.protocol(), echoed(section), NO_ADDRESS, attributes);
        }
        Optional<Answer.Send> send = answer.sends().get(section.index());
        List<SdpAttribute> attributes = new ArrayList<>();
        transport(attributes);
        mid(section, attributes);
        List<String> formats = switch (section.kind()) {
            case APPLICATION -> dataChannel(section, attributes);
            case VIDEO, AUDIO, OTHER -> media(section, send, attributes);
        };
        candidates(section, attributes);
        return new MediaSection(section.media(), DISCARD_PORT, section.protocol(), formats, NO_ADDRESS, attributes);
    }

    private static void mid(OfferSection section, List<SdpAttribute> attributes) {
        if (!section.mid().isEmpty()) {
            attributes.add(new SdpAttribute("mid", section.mid()));
        }
    }

    // In each section, as browsers write it; strictly the first would do (RFC 8843, 7.1.3).
    private void transport(List<SdpAttribute> attributes) {
        LocalTransport ours = answer.transport();
        attributes.add(new SdpAttribute("ice-ufrag", ours.ufrag()));
        attributes.add(new SdpAttribute("ice-pwd", ours.password().reveal()));
        attributes.add(new SdpAttribute("ice-options", "trickle"));
        attributes.add(new SdpAttribute("fingerprint", ours.fingerprint().toString()));
        attributes.add(new SdpAttribute("setup", "passive"));
    }

    private void candidates(OfferSection section, List<SdpAttribute> attributes) {
        if (section.index() != offer.transport()) {
            return;
        }
        for (String candidate : answer.transport().candidates()) {
            attributes.add(new SdpAttribute("candidate", candidate.substring("candidate:".length())));
        }
        if (answer.transport().endOfCandidates()) {
            attributes.add(new SdpAttribute("end-of-candidates"));
        }
    }

    // Nothing will ever flow here, but to turn it down would make some pages give up the whole.
    private static List<String> dataChannel(OfferSection section, List<SdpAttribute> attributes) {
        if (section.protocol().equals("DTLS/SCTP")) {
            // The form of before RFC 8841: the port is the format.
            section.formats().stream()
                    .findFirst()
                    .ifPresent(port -> attributes.add(new SdpAttribute("sctpmap", port + " webrtc-datachannel 1024")));
        } else {
            attributes.add(new SdpAttribute("sctp-port", Integer.toString(SCTP_PORT)));
        }
        return section.formats();
    }

    private List<String> media(OfferSection section, Optional<Answer.Send> send, List<SdpAttribute> attributes) {
        attributes.add(new SdpAttribute((send.isPresent() ? Direction.SENDONLY : Direction.INACTIVE).word()));
        send.ifPresent(s -> attributes.add(new SdpAttribute("msid", answer.cname() + " " + s.trackLabel())));
        if (section.rtcpMux()) {
            attributes.add(new SdpAttribute("rtcp-mux"));
        }
        if (section.rtcpRsize()) {
            attributes.add(new SdpAttribute("rtcp-rsize"));
        }
        if (send.isEmpty()) {
            Optional<OfferedCodec> codec = echoedCodec(section);
            codec.ifPresent(chosen -> codec(chosen, FEEDBACK, attributes));
            return codec.map(chosen -> List.of(Integer.toString(chosen.payloadType())))
                    .orElseGet(() -> echoed(section));
        }
        return sent(send.get(), attributes);
    }

    private List<String> sent(Answer.Send send, List<SdpAttribute> attributes) {
        List<String> formats = new ArrayList<>();
        send.transportSequence()
                .ifPresent(extension ->
                        attributes.add(new SdpAttribute("extmap", extension.id() + " " + extension.uri())));
        codec(send.codec(), feedback(send), attributes);
        formats.add(Integer.toString(send.codec().payloadType()));
        send.repetition().ifPresent(again -> {
            codec(again.codec(), Set.of(), attributes);
            formats.add(Integer.toString(again.codec().payloadType()));
            attributes.add(
                    new SdpAttribute("ssrc-group", "FID " + unsigned(send.ssrc()) + " " + unsigned(again.ssrc())));
        });
        ssrc(send.ssrc(), attributes);
        send.repetition().ifPresent(again -> ssrc(again.ssrc(), attributes));
        return formats;
    }

    private static Set<String> feedback(Answer.Send send) {
        Set<String> feedback = new HashSet<>(FEEDBACK);
        send.transportSequence().ifPresent(agreed -> feedback.add(OfferSection.TRANSPORT_FEEDBACK));
        return feedback;
    }

    private void ssrc(int ssrc, List<SdpAttribute> attributes) {
        attributes.add(new SdpAttribute("ssrc", unsigned(ssrc) + " cname:" + answer.cname()));
    }

    private static String unsigned(int ssrc) {
        return Integer.toUnsignedString(ssrc);
    }

    private static void codec(OfferedCodec codec, Set<String> wanted, List<SdpAttribute> attributes) {
        attributes.add(new SdpAttribute("rtpmap", codec.rtpmap()));
        for (String feedback : codec.feedback()) {
            if (wanted.contains(feedback)) {
                attributes.add(new SdpAttribute("rtcp-fb", codec.payloadType() + " " + feedback));
            }
        }
        if (!codec.fmtp().isEmpty()) {
            attributes.add(new SdpAttribute("fmtp", codec.fmtp()));
        }
    }

    private static Optional<OfferedCodec> echoedCodec(OfferSection section) {
        return section.codecs().stream().filter(OfferedCodec::carriesMedia).findFirst();
    }

    // An m= line needs a format even where nothing is meant by it.
    private static List<String> echoed(OfferSection section) {
        return section.formats().isEmpty() ? List.of("0") : section.formats().subList(0, 1);
    }
}
