package oriel.homeassistant.camera;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.base.Secret;

/**
 * A camera that Home Assistant knows, whether or not it can be had.
 *
 * @param id its entry's
 * @param title what its stream is called, without a {@link oriel.base.StreamName#problem}
 * @param entityId {@code camera.front_door}, once Home Assistant has made one
 * @param aliases the names under which Home Assistant asks for it
 * @param helped whether Home Assistant puts {@code ffmpeg:} before its address when it asks
 * @param address where it is
 * @param transport {@code udp} or {@code multicast} if its owner chose one of them, else empty
 * @param secrets words that must not be seen, besides those in its address
 */
record HassCamera(
        String id,
        String title,
        Optional<String> entityId,
        List<String> aliases,
        boolean helped,
        CameraAddress address,
        String transport,
        List<Secret> secrets) {
    HassCamera {
        aliases = List.copyOf(aliases);
        secrets = List.copyOf(secrets);
    }

    /** For each alias the sources that Home Assistant registers there, to the letter, if the camera is at {@code url}. */
    Map<String, List<String>> registrations(String url) {
        Map<String, List<String>> streams = new LinkedHashMap<>();
        for (String alias : aliases) {
            streams.put(
                    alias,
                    List.of(helped ? "ffmpeg:" + url : url, "ffmpeg:" + alias + "#audio=opus#query=log_level=debug"));
        }
        return streams;
    }
}
