package oriel.testing.viewer;

/**
 * What libwebrtc counts of what it receives (W3C webrtc-stats, inbound-rtp), pictures unless said otherwise.
 *
 * @param audioEnergy of the sound heard so far
 */
public record LibwebrtcStats(
        long framesDecoded,
        long keyFramesDecoded,
        long framesDropped,
        long pliCount,
        long nackCount,
        long packetsReceived,
        long packetsLost,
        long freezeCount,
        long audioPackets,
        double audioEnergy) {}
