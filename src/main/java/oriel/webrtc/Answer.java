package oriel.webrtc;

import java.util.List;
import java.util.Optional;

/**
 * What we say to an offer. Every section is answered, in the offer's order; one that we have nothing for is {@code
 * inactive}, not rejected, so that the first stays the transport: Home Assistant gives our candidates to section 0,
 * whatever it is. We are always the DTLS server.
 *
 * @param offer what is answered
 * @param sessionId random, at least 0; for the {@code o=} line
 * @param sends what each section of the offer gets
 * @param transport our end
 * @param cname by which the viewer knows that sound and picture belong together (RFC 7022); random, without blanks
 */
public record Answer(Offer offer, long sessionId, List<Optional<Send>> sends, LocalTransport transport, String cname) {
    /**
     * One track for the viewer.
     *
     * @param codec one of the section's
     * @param ssrc 32 bits, ours
     * @param trackLabel its name in the viewer's stream, without blanks, such as {@code video}
     */
    public record Send(OfferedCodec codec, int ssrc, String trackLabel) {}

    public Answer {
        sends = List.copyOf(sends);
        if (sends.size() != offer.sections().size()) {
            throw new IllegalArgumentException(
                    sends.size() + " tracks for " + offer.sections().size() + " sections");
        }
        for (OfferSection section : offer.sections()) {
            Optional<Send> send = sends.get(section.index());
            if (send.isPresent()
                    && !(section.takesMedia()
                            && section.codecs().contains(send.get().codec()))) {
                throw new IllegalArgumentException("section " + section.index() + " does not take "
                        + send.get().codec().name());
            }
        }
    }

    /** Its text, with {@code \r\n} line ends. */
    public String sdp() {
        return new AnswerWriter(this).write().toString();
    }
}
