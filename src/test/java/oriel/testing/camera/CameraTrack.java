package oriel.testing.camera;

import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * One track of a simulated camera.
 *
 * @param sdp its lines, {@code m=} first, without {@code a=control}
 * @param payloadType what its packets carry
 * @param clockRate ticks a second
 * @param feed makes what it sends, anew for each PLAY
 */
public record CameraTrack(List<String> sdp, int payloadType, int clockRate, Supplier<CameraFeed> feed) {
    public CameraTrack {
        sdp = List.copyOf(sdp);
    }

    /** H.264 with its parameter sets in the description; asks for RTCP feedback, so that key frames can be asked for. */
    public static CameraTrack h264(byte[] sps, byte[] pps, Supplier<CameraFeed> feed) {
        String sets = base64(sps) + "," + base64(pps);
        String profile = String.format("%02X%02X%02X", sps[1], sps[2], sps[3]);
        return new CameraTrack(
                List.of(
                        "m=video 0 RTP/AVP 96",
                        "a=rtpmap:96 H264/90000",
                        "a=fmtp:96 packetization-mode=1;profile-level-id=" + profile + ";sprop-parameter-sets=" + sets,
                        "a=rtcp-fb:96 nack pli"),
                96,
                90_000,
                feed);
    }

    /** H.265 with its parameter sets in the description. */
    public static CameraTrack h265(byte[] vps, byte[] sps, byte[] pps, Supplier<CameraFeed> feed) {
        return new CameraTrack(
                List.of(
                        "m=video 0 RTP/AVP 97",
                        "a=rtpmap:97 H265/90000",
                        "a=fmtp:97 sprop-vps=" + base64(vps) + ";sprop-sps=" + base64(sps) + ";sprop-pps="
                                + base64(pps)),
                97,
                90_000,
                feed);
    }

    /** G.711 A-law at 8 kHz. */
    public static CameraTrack pcma(Supplier<CameraFeed> feed) {
        return new CameraTrack(List.of("m=audio 0 RTP/AVP 8"), 8, 8_000, feed);
    }

    /** Opus. */
    public static CameraTrack opus(Supplier<CameraFeed> feed) {
        return new CameraTrack(List.of("m=audio 0 RTP/AVP 99", "a=rtpmap:99 opus/48000/2"), 99, 48_000, feed);
    }

    /** AAC with its AudioSpecificConfig. */
    public static CameraTrack aac(int clockRate, int channels, String configHex, Supplier<CameraFeed> feed) {
        return new CameraTrack(
                List.of(
                        "m=audio 0 RTP/AVP 98",
                        "a=rtpmap:98 MPEG4-GENERIC/" + clockRate + "/" + channels,
                        "a=fmtp:98 streamtype=5;profile-level-id=1;mode=AAC-hbr;config=" + configHex
                                + ";sizelength=13;indexlength=3;indexdeltalength=3"),
                98,
                clockRate,
                feed);
    }

    /** What the camera takes as talk, PCMU, as ONVIF describes it. */
    public static CameraTrack talk() {
        return new CameraTrack(
                List.of("m=audio 0 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "a=sendonly"), 0, 8_000, CameraFeed::byHand);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
