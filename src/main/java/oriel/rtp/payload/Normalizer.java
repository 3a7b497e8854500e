package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpView;

/**
 * Makes one track's packets, as the camera cuts them, fit for every viewer, once for all of them: plain headers, at most
 * {@link oriel.rtp.RtpPacket#MAX_BYTES} bytes, fragments of equal size, parameter sets before each key frame, the frame's
 * end marked, the key frame's start flagged. It never waits for a frame's end: what is complete leaves at once. Copies
 * each payload byte once (AV1's twice). Owned by the camera's loop; not thread-safe.
 */
public interface Normalizer {
    /**
     * Takes the next packet of the track, in sequence order.
     *
     * @param packet read only during the call
     * @param ptsTicks its time in the track's own, never wrapping count
     * @param output gets the packets that became complete
     * @throws MalformedException if the packet breaks its payload format; what was under assembly is dropped and the
     *     next packets are taken as usual
     */
    void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException;

    /** Says that packets are missing before the next one: an unfinished fragment is dropped, the sequence shows a gap. */
    void gap();

    /** The codec with the parameter sets last seen, from SDP or in-band. */
    Codec codec();

    /** Whether pictures come in another order than they are shown (a B slice was seen), which WebRTC cannot play. */
    default boolean reordersPictures() {
        return false;
    }
}
