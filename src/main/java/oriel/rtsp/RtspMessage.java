package oriel.rtsp;

import oriel.base.Bytes;

/** A text message of either side. */
public sealed interface RtspMessage permits RtspRequest, RtspResponse {
    RtspHeaders headers();

    /** What follows the headers; may be empty. */
    Bytes body();
}
