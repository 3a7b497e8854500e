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
     */
    void send(RtpPacket packet, int payloadType, int ssrc, long index, int timestamp, boolean again);

    /** Whether the socket takes more. */
    boolean writable();
}
