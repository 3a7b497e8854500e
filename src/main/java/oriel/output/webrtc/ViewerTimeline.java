package oriel.output.webrtc;

import java.util.List;
import oriel.rtp.RtpPacket;

/**
 * The RTP timestamps of one track as one viewer sees them: they only ever go up. Live frames keep the camera's own
 * distances. The frames of a replayed group are set close together just before the live edge, so that the viewer decodes
 * them at once instead of at the camera's pace, and what follows fits on. Belongs to the viewer's loop.
 */
final class ViewerTimeline {
    // A tenth of a frame at 25 frames a second holds a whole group: the viewer's sense of time is not disturbed.
    private static final int REPLAY_TICKS = 360;

    private long offset;
    private long lastPts = Long.MIN_VALUE;
    private long lastTicks;
    private boolean begun;
    private long replayEnd = Long.MIN_VALUE;
    private int replayStep;

    /** @param offset what the viewer's timestamps are ahead of the track's times; random, 0 to 2^32 */
    ViewerTimeline(long offset) {
        this.offset = offset;
    }

    /** A group is about to be sent, or sent again. */
    void replay(List<RtpPacket> group) {
        if (group.isEmpty()) {
            return;
        }
        int frames = frames(group);
        long newest = group.getLast().ptsTicks();
        replayStep = Math.max(1, REPLAY_TICKS / frames);
        replayEnd = newest;
        if (!begun) {
            begun = true;
            lastTicks = newest + offset - (long) frames * replayStep;
        }
        lastPts = Long.MIN_VALUE; // The first frame of the group is a new one for the viewer, also if it was the last
        // sent.
    }

    /** The viewer's timestamp of a packet, to be asked in sending order; its low 32 bits go on the wire. */
    long ticks(RtpPacket packet) {
        long pts = packet.ptsTicks();
        if (pts == lastPts) {
            return lastTicks;
        }
        long natural = pts + offset;
        if (!begun) {
            begun = true;
            lastTicks = natural;
        } else if (pts <= replayEnd) {
            lastTicks += replayStep;
        } else {
            if (natural <= lastTicks) {
                offset += lastTicks + 1 - natural;
                natural = lastTicks + 1;
            }
            lastTicks = natural;
            replayEnd = Long.MIN_VALUE;
        }
        lastPts = pts;
        return lastTicks;
    }

    /** The viewer's timestamp of a live time, for reports. */
    long liveTicks(long ptsTicks) {
        return ptsTicks + offset;
    }

    private static int frames(List<RtpPacket> group) {
        int frames = 1;
        for (int i = 1; i < group.size(); i++) {
            if (group.get(i).ptsTicks() != group.get(i - 1).ptsTicks()) {
                frames++;
            }
        }
        return frames;
    }
}
