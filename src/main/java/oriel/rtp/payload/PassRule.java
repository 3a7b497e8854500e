package oriel.rtp.payload;

import java.util.List;
import oriel.base.MalformedException;
import oriel.rtp.RtpView;

/** What must be known of a payload format whose packets pass as they are. Stateless. */
interface PassRule {
    /** Whether a decoder can start with a payload, which is not empty. */
    boolean isKeyStart(RtpView packet);

    /**
     * Parts a payload that is longer than our packets, {@link PacketLine#MAX_PAYLOAD}.
     *
     * @return what goes in its place, two or more, each short enough
     * @throws MalformedException if it breaks its format, or if the format knows no parts
     */
    List<byte[]> part(byte[] payload) throws MalformedException;
}
