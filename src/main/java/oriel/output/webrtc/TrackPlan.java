package oriel.output.webrtc;

import oriel.media.MediaKind;

/**
 * How one track goes to one viewer.
 *
 * @param slot the place of the offer's section, and of the wish
 * @param payloadType the viewer's own, 0 to 127
 * @param ssrc ours for this track, 32 bits
 */
record TrackPlan(int slot, MediaKind kind, int payloadType, int ssrc) {}
