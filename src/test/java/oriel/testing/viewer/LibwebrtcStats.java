package oriel.testing.viewer;

/**
 * What libwebrtc counts of what it receives (W3C webrtc-stats, inbound-rtp), pictures unless said otherwise.
 *
 * @param frozenSeconds how long the picture stood still, by libwebrtc's measure
 * @param repeated packets that came again in a stream of their own
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
        double frozenSeconds,
        long repeated,
        long audioPackets,
        double audioEnergy) {}
