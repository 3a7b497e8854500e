package oriel.testing.camera;

import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated camera shows.
 *
 * @param tracks in the order of its description
 * @param pace how fast its feeds are sent
 */
public record CameraMedia(List<CameraTrack> tracks, Pace pace) {
    /** How fast. */
    public enum Pace {
        /** Each frame at its time. */
        REAL_TIME,
        /** As fast as the viewer takes them. */
        FAST
    }

    public CameraMedia {
        tracks = List.copyOf(tracks);
    }

    /** In real time. */
    public static CameraMedia of(CameraTrack... tracks) {
        return new CameraMedia(List.of(tracks), Pace.REAL_TIME);
    }

    /** A picture and a sound that send nothing but what the test emits. */
    public static CameraMedia byHand() {
        byte[] sps = {0x67, 0x42, (byte) 0xC0, 0x1F, (byte) 0x8C, (byte) 0x8D, 0x40};
        byte[] pps = {0x68, (byte) 0xCE, 0x3C, (byte) 0x80};
        return of(CameraTrack.h264(sps, pps, CameraFeed::byHand), CameraTrack.pcma(CameraFeed::byHand));
    }

    /** The same as fast as it goes. */
    public CameraMedia fast() {
        return new CameraMedia(tracks, Pace.FAST);
    }

    /**
     * Its description.
     *
     * @param controls a control URL for each track, then one for all
     */
    String sdp(List<String> controls) {
        List<String> lines =
                new ArrayList<>(List.of("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=camera", "c=IN IP4 0.0.0.0", "t=0 0"));
        lines.add("a=control:" + controls.getLast());
        for (int i = 0; i < tracks.size(); i++) {
            lines.addAll(tracks.get(i).sdp());
            lines.add("a=control:" + controls.get(i));
        }
        return String.join("\r\n", lines) + "\r\n";
    }
}
