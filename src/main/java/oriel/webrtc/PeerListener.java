package oriel.webrtc;

import java.util.List;
import oriel.rtp.RtcpPacket;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IcePath;

/** What a {@link PeerSession} tells its owner, on the owner's loop. A listener does not call the session back from within. */
public interface PeerListener {
    /** Send this to the peer; the array is valid during the call only. */
    void send(IcePath path, byte[] data, int offset, int length);

    /** The peer proved on this path that it knows the session: datagrams from there are its own. */
    void authenticated(IcePath path);

    /** The path is not the peer's any more. */
    void forgotten(IcePath path);

    /** These credentials of ours count no more: a restart has given others, or has failed. */
    void retired(IceCredentials local);

    /** Keys are agreed and a path works: media may flow. Once. */
    void connected();

    /** What the peer reports of what it gets, genuine and decrypted. */
    void rtcp(List<RtcpPacket> packets);

    /**
     * It is over; nothing more comes.
     *
     * @param reason a phrase for log and API
     */
    void ended(String reason);
}
