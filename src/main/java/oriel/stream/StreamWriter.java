package oriel.stream;

import java.time.Instant;
import oriel.media.AccessUnit;
import oriel.media.StreamDescription;
import oriel.rtp.RtpView;

/**
 * What a source writes, all of it on its home loop. After {@link #open}, each track gets either packets or units; the
 * other face is derived once, when first wanted. Calls after the source's {@code run} has ended are ignored.
 */
public interface StreamWriter {
    /** Says which tracks there are; once a connection, before anything flows. */
    void open(StreamDescription description);

    /** The next RTP packet of a track, in order as far as the transport keeps it; read only during the call. */
    void packet(int track, RtpView packet);

    /** The next whole access unit of a track. */
    void unit(int track, AccessUnit unit);

    /**
     * What the camera's sender report says (RFC 3550, 6.4.1): this RTP timestamp was taken at this time of its clock.
     *
     * @param rtpTimestamp 32 bits, unsigned
     */
    void clock(int track, long rtpTimestamp, Instant cameraTime);

    /** A packet that had to be thrown away. */
    void dropped(String reason);

    /** Ends one read: what came since the last call leaves now, as one burst for each track. */
    void flush();
}
