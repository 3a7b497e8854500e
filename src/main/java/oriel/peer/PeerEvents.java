package oriel.peer;

import java.util.List;
import oriel.rtp.RtcpPacket;

/** What a {@link Peer} tells the one who opened it, on the loop that owns the peer. */
public interface PeerEvents {
    /** Media may flow, from now on always on {@link Peer#loop()}. Once. */
    void connected(Peer peer);

    /** What the viewer reports. */
    void rtcp(List<RtcpPacket> packets);

    /** The viewer is gone; nothing more comes. */
    void ended(String reason);
}
