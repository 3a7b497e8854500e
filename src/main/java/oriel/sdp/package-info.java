/**
 * SDP (RFC 8866) to plain values and back: {@link oriel.sdp.SessionDescription} for any of it, {@link
 * oriel.sdp.RtspTracks} for what a camera describes. Lenient where cameras are careless, strict in its bounds. Pure.
 * Imports media, bitstream and base.
 */
@NullMarked
package oriel.sdp;

import org.jspecify.annotations.NullMarked;
