package oriel.output.webrtc;

/**
 * An offer that was answered.
 *
 * @param viewer who now has 30 s to connect
 * @param sdp the answer
 * @param note why something is missing, such as the sound; or empty
 */
public record AnsweredOffer(WebRtcViewer viewer, String sdp, String note) {}
