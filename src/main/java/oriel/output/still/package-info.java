/**
 * Stills: the newest key frame of a stream as a JPEG, in any size. Enter by {@link oriel.output.still.StillOutput}, on a virtual
 * thread, for it waits for cameras. A picture is decoded once for all who want it at a time, by the media worker, and kept
 * for those who come after. Imports stream, worker, rtp, media, bitstream, net, metrics and base.
 */
@NullMarked
package oriel.output.still;

import org.jspecify.annotations.NullMarked;
