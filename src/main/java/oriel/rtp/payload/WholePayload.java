package oriel.rtp.payload;

import java.util.List;
import oriel.base.MalformedException;
import oriel.rtp.RtpView;

/** A format whose payloads cannot be parted, and each of which is a start: Opus, and what we only know by name. */
enum WholePayload implements PassRule {
    RULE;

    @Override
    public boolean isKeyStart(RtpView packet) {
        return true;
    }

    @Override
    public List<byte[]> part(byte[] payload) throws MalformedException {
        throw new MalformedException("payload longer than a packet");
    }
}
