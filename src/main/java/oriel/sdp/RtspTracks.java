package oriel.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.media.StreamDescription;
import oriel.media.Track;

/**
 * What a camera's answer to DESCRIBE offers (RFC 2326, C.1; ONVIF Streaming Specification, 5.3): its pictures, its sound
 * and what it takes as talk, in its own order. Sections of other kinds, such as ONVIF metadata, are passed over. Reads
 * whatever cameras write; what it cannot name becomes {@link Codec.Unknown}.
 *
 * @param tracks at most {@value oriel.media.StreamDescription#MAX_TRACKS}; empty if the camera offers nothing
 * @param control the URL for requests on all tracks together, PLAY and TEARDOWN among them
 */
public record RtspTracks(List<RtspTrack> tracks, String control) {
    public RtspTracks {
        tracks = List.copyOf(tracks);
    }

    /**
     * Reads a camera's description.
     *
     * @param baseUrl Content-Base of the answer, else Content-Location, else the URL asked for; without user and
     *     password
     */
    public static RtspTracks of(SessionDescription sdp, String baseUrl) {
        boolean camerasView = speaksFromTheCamera(sdp);
        Map<Integer, String> allParameters = parametersOfAll(sdp);
        List<RtspTrack> tracks = new ArrayList<>();
        for (MediaSection section : sdp.media()) {
            Optional<MediaKind> kind = kind(section);
            if (kind.isPresent() && tracks.size() < StreamDescription.MAX_TRACKS) {
                PayloadFormat format = PayloadFormat.of(section, kind.get(), allParameters);
                Direction direction = direction(section, camerasView);
                tracks.add(new RtspTrack(
                        new Track(tracks.size(), direction, format.codec()),
                        ControlUrl.resolve(baseUrl, section.attribute("control").orElse("")),
                        format.payloadType()));
            }
        }
        return new RtspTracks(
                tracks, ControlUrl.resolve(baseUrl, sdp.attribute("control").orElse("")));
    }

    /** The tracks alone. */
    public StreamDescription description() {
        return new StreamDescription(tracks.stream().map(RtspTrack::track).toList());
    }

    private static Optional<MediaKind> kind(MediaSection section) {
        for (MediaKind kind : MediaKind.values()) {
            if (section.media().equalsIgnoreCase(kind.word())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * ONVIF writes directions as the client sees them, SDP's own rule is the other way round. No camera takes pictures:
     * one that says to send its picture says it of itself, and means the same by its sound.
     */
    private static boolean speaksFromTheCamera(SessionDescription sdp) {
        return sdp.media().stream()
                .anyMatch(s -> s.direction() == Direction.SENDONLY && kind(s).equals(Optional.of(MediaKind.VIDEO)));
    }

    private static Direction direction(MediaSection section, boolean camerasView) {
        return section.direction() == Direction.SENDONLY && !camerasView ? Direction.SENDONLY : Direction.RECVONLY;
    }

    /** Format parameters by payload type, wherever they stand: some cameras put the picture's behind the sound. */
    private static Map<Integer, String> parametersOfAll(SessionDescription sdp) {
        Map<Integer, String> all = new HashMap<>();
        for (MediaSection section : sdp.media()) {
            PayloadFormat.byType(section, "fmtp").forEach(all::putIfAbsent);
        }
        return all;
    }
}
