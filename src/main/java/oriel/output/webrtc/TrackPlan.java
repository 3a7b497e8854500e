package oriel.output.webrtc;

import java.util.Optional;
import oriel.media.MediaKind;

/**
 * How one track goes to one viewer.
 *
 * @param slot the place of the offer's section, and of the wish
 * @param payloadType the viewer's own, 0 to 127
 * @param ssrc ours for this track, 32 bits
 * @param repetition the stream in which lost packets go out again; empty if they do in their own
 * @param sequenceId the header extension that holds each packet's number on the transport, 1 to 14; 0 for none
 */
record TrackPlan(int slot, MediaKind kind, int payloadType, int ssrc, Optional<Repetition> repetition, int sequenceId) {
    private static final int MAX_SHORT_ID = 14;

    TrackPlan {
        if (sequenceId < 0 || sequenceId > MAX_SHORT_ID) {
            throw new IllegalArgumentException("header extension " + sequenceId);
        }
        if (sequenceId > 0 && repetition.isEmpty()) {
            // With GCM a packet sent again under its old number must be the same to the bit, its number included.
            throw new IllegalArgumentException("numbers of the transport without a stream of repetitions");
        }
    }

    TrackPlan(int slot, MediaKind kind, int payloadType, int ssrc) {
        this(slot, kind, payloadType, ssrc, Optional.empty(), 0);
    }

    /**
     * A stream of repetitions (RFC 4588, 4).
     *
     * @param payloadType 0 to 127
     * @param ssrc 32 bits
     */
    record Repetition(int payloadType, int ssrc) {}
}
