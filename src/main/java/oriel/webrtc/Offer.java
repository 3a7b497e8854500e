package oriel.webrtc;

import java.util.List;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.webrtc.dtls.Fingerprint;

/**
 * What a viewer wants, as the SDP of his offer says it (RFC 8829). All of it goes over one transport: the first section
 * of his BUNDLE group (RFC 8843). An offer without such a group is taken too; then one section alone is served, the
 * first that takes a picture, or else sound, and the others are turned down.
 *
 * @param ufrag the viewer's ICE user fragment
 * @param password the viewer's ICE password
 * @param iceLite whether the viewer's agent only answers checks
 * @param fingerprints of the viewer's certificate, at least one
 * @param bundle whether it has a BUNDLE group
 * @param sections in their order, at least one
 * @param transport the place of the section that stands for the transport
 * @param candidates those that the offer holds, in whichever section, as trickled ones are written: {@code candidate:1
 *     1 udp ...}; unread, for a viewer may send anything
 * @param endOfCandidates whether the viewer will send no further one
 */
public record Offer(
        String ufrag,
        Secret password,
        boolean iceLite,
        List<Fingerprint> fingerprints,
        boolean bundle,
        List<OfferSection> sections,
        int transport,
        List<String> candidates,
        boolean endOfCandidates) {
    /** Candidates that are kept; more are passed over. */
    public static final int MAX_CANDIDATES = 64;

    public Offer {
        fingerprints = List.copyOf(fingerprints);
        sections = List.copyOf(sections);
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads an offer leniently: lines without sense are passed over, such as {@code a=[object RTCIceCandidate]}, which
     * Home Assistant's frontend writes.
     *
     * @throws MalformedException if it is no SDP or too much of it, or we could not talk to who wrote it: the reason is
     *     a phrase for him to read
     */
    public static Offer parse(String sdp) throws MalformedException {
        return OfferParser.parse(sdp);
    }
}
