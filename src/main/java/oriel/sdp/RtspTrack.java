package oriel.sdp;

import oriel.media.Track;

/**
 * One track of a camera with what it takes to set it up.
 *
 * @param track id by place, direction from our side, codec
 * @param control the URL that SETUP asks for
 * @param payloadType what the camera says its packets carry, 0 to 127; some carry another
 */
public record RtspTrack(Track track, String control, int payloadType) {}
