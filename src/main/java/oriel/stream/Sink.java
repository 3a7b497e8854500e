package oriel.stream;

import java.util.List;
import oriel.media.Track;
import oriel.rtp.RtpPacket;

/**
 * What an output implements to be fed. Every call comes on the loop it subscribed with, in the order things happened at
 * the camera. {@code slot} is the place of the wish that the track was chosen for.
 */
public interface Sink {
    /**
     * A track begins, or begins again (after a key frame was asked for, or packets were skipped).
     *
     * @param clock tells the time of day of the track's times
     * @param recent what comes to this loop of the track: the packets of a burst are its last ones while that is handed over
     * @param gop packets from the last key frame up to now; may be none
     * @param complete whether the live packets continue {@code gop}; otherwise wait for the next key frame after it
     */
    void onStart(int slot, Track track, TrackClock clock, RecentPackets recent, List<RtpPacket> gop, boolean complete);

    /** The next packets of a track, live. A gap in their sequence was there before us. */
    void onBurst(int slot, Burst burst);

    /** Something about a track is now known that was not when it was chosen. */
    void onFacts(int slot, TrackFacts facts);

    /** Nothing more will come. */
    void onEnd(EndReason reason);
}
