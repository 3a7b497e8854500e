package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.rtp.RtpPacket;

/**
 * Puts the access units of one track together again from normalised packets. Bounded: an access unit of more than 8 MiB
 * or 256 NAL units is dropped. Not thread-safe.
 */
public interface Depacketizer {
    /**
     * Takes the next packet, in order.
     *
     * @param output gets each access unit as it becomes whole
     */
    void accept(RtpPacket packet, UnitOutput output) throws MalformedException;
}
