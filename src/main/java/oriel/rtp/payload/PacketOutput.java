package oriel.rtp.payload;

import oriel.rtp.RtpPacket;

/** Where packets go, one by one, in order. */
@FunctionalInterface
public interface PacketOutput {
    void packet(RtpPacket packet);
}
