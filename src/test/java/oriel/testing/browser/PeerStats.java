package oriel.testing.browser;

import java.util.Map;

/**
 * What a browser's peer connection says of itself (W3C getStats, inbound-rtp of the newest tracks).
 *
 * @param connectionState as in {@code connected}
 * @param video the members of the picture's inbound-rtp, and {@code codec}; empty if there is none
 * @param audio the same of the sound
 */
public record PeerStats(String connectionState, Map<String, Object> video, Map<String, Object> audio) {
    public PeerStats {
        video = Map.copyOf(video);
        audio = Map.copyOf(audio);
    }

    /** Pictures decoded so far. */
    public long framesDecoded() {
        return number(video, "framesDecoded");
    }

    public long keyFramesDecoded() {
        return number(video, "keyFramesDecoded");
    }

    public long freezes() {
        return number(video, "freezeCount");
    }

    /** How long the picture stood still, by the browser's measure. */
    public double frozenSeconds() {
        return video.get("totalFreezesDuration") instanceof Number seconds ? seconds.doubleValue() : 0;
    }

    public long nacksSent() {
        return number(video, "nackCount");
    }

    /** Packets that came again in a stream of their own. */
    public long repeated() {
        return number(video, "retransmittedPacketsReceived");
    }

    /** Picture packets that never came. */
    public long packetsLost() {
        return number(video, "packetsLost");
    }

    public long plisSent() {
        return number(video, "pliCount");
    }

    public int width() {
        return (int) number(video, "frameWidth");
    }

    public int height() {
        return (int) number(video, "frameHeight");
    }

    public long audioPackets() {
        return number(audio, "packetsReceived");
    }

    /** Grows while something can be heard. */
    public double audioEnergy() {
        return audio.get("totalAudioEnergy") instanceof Number energy ? energy.doubleValue() : 0;
    }

    /** As in {@code video/H264}; empty if there is no picture. */
    public String videoCodec() {
        return String.valueOf(video.getOrDefault("codec", ""));
    }

    public String audioCodec() {
        return String.valueOf(audio.getOrDefault("codec", ""));
    }

    private static long number(Map<String, Object> members, String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
