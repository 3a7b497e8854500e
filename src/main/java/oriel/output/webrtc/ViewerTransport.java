package oriel.output.webrtc;

import oriel.rtp.RtpPacket;

/** How a track's packets leave for the viewer; on the viewer's loop. */
interface ViewerTransport {
    /**
     * Protects and sends one packet.
     *
     * @param index roll-over counter and sequence number of the viewer's stream
     * @param timestamp of the viewer's stream
     * @param again whether the same packet left under this index before
     * @param nowNanos of the loop, not long ago
     */
    void send(TrackPlan plan, RtpPacket packet, long index, int timestamp, boolean again, long nowNanos);

    /**
     * Sends a packet once more in the plan's stream of repetitions, under a new index there (RFC 4588, 4).
     *
     * @param original the sequence number that the packet left under
     */
    void repeat(TrackPlan plan, RtpPacket packet, long index, int timestamp, int original, long nowNanos);

    /** Whether the socket takes more. */
    boolean writable();

    /** Whether there is a socket at all. */
    boolean open();
}
