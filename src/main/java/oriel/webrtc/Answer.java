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
     * @param repetition the stream in which lost packets go out again, if they have one of their own
     * @param transportSequence where a number that counts all packets of the transport stands, if in each packet
     */
    public record Send(
            OfferedCodec codec,
            int ssrc,
            String trackLabel,
            Optional<Repetition> repetition,
            Optional<HeaderExtension> transportSequence) {
        /** One without either. */
        public Send(OfferedCodec codec, int ssrc, String trackLabel) {
            this(codec, ssrc, trackLabel, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A stream of repetitions (RFC 4588, 8).
     *
     * @param codec that of the section which repeats the track's
     * @param ssrc 32 bits, ours, another than the track's
     */
    public record Repetition(OfferedCodec codec, int ssrc) {}

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
            if (send.flatMap(Send::repetition)
                    .filter(again -> !section.repetitionOf(send.get().codec()).equals(Optional.of(again.codec())))
                    .isPresent()) {
                throw new IllegalArgumentException("section " + section.index() + " takes no such repetitions");
            }
        }
    }

    /** Its text, with {@code \r\n} line ends. */
    public String sdp() {
        return new AnswerWriter(this).write().toString();
    }
}
