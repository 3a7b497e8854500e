package oriel.rtp.payload;

/** What becomes of a NAL unit on its way. */
enum NalKind {
    /** Of a picture at which decoding can start. */
    KEY_SLICE,
    /** Of any other picture. */
    SLICE,
    /** Remembered, and sent before each key frame. */
    PARAMETERS,
    /** Stands before the first slice of its picture, and waits for it. */
    AHEAD,
    /** Stands between or behind the slices. */
    BEHIND,
    /** Of no use to a viewer, or reserved, which receivers pass over. */
    NOISE,
    /** RTP's packet of several units. */
    AGGREGATE,
    /** RTP's packet of a part of one. */
    FRAGMENT,
    /** RTP's packets that no camera sends. */
    UNSUPPORTED
}
