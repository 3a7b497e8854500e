package oriel.webrtc;

import java.util.List;
import oriel.base.Secret;
import oriel.webrtc.dtls.Fingerprint;

/**
 * What an answer says of our end of the transport.
 *
 * @param ufrag our ICE user fragment
 * @param password our ICE password
 * @param fingerprint of our certificate
 * @param candidates as trickled ones are written, {@code candidate:1 1 udp ...}; those known already
 * @param endOfCandidates whether no further one will be sent
 */
public record LocalTransport(
        String ufrag, Secret password, Fingerprint fingerprint, List<String> candidates, boolean endOfCandidates) {
    public LocalTransport {
        candidates = List.copyOf(candidates);
        for (String candidate : candidates) {
            if (!candidate.startsWith("candidate:")) {
                throw new IllegalArgumentException("not a candidate: " + candidate);
            }
        }
    }
}
