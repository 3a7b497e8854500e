package oriel.homeassistant.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.base.Secret;
import oriel.config.SourceSecrets;

/**
 * A camera of Home Assistant and what became of its address.
 *
 * @param camera the camera
 * @param url where it is, as far as known
 * @param problem why it cannot be had, a sentence; empty if it can
 */
record FoundCamera(HassCamera camera, Optional<String> url, Optional<String> problem) {
    // What an owner of Home Assistant may bring in: cameras in the network, no commands, files or devices.
    private static final Set<String> CAMERAS =
            Set.of("rtsp", "rtsps", "rtspx", "rtmp", "rtmps", "rtmpx", "http", "https", "httpx", "onvif");

    /** At {@code url}, which can be had if its scheme is one of {@code spoken}. */
    static FoundCamera at(HassCamera camera, String url, Set<String> spoken) {
        String scheme = url.substring(0, url.indexOf("://"));
        Optional<String> problem = Optional.empty();
        if (!CAMERAS.contains(scheme)) {
            problem = Optional.of("Its address is of a kind that no camera in a network has.");
        } else if (!spoken.contains(scheme)) {
            problem = Optional.of("This version of Oriel does not speak " + scheme + ".");
        }
        return new FoundCamera(camera, Optional.of(url), problem);
    }

    static FoundCamera without(HassCamera camera, String problem) {
        return new FoundCamera(camera, Optional.empty(), Optional.of(problem));
    }

    /** Its address, if it can be had. */
    Optional<String> playable() {
        return problem.isPresent() ? Optional.empty() : url;
    }

    /** Words that must not be seen. */
    List<String> secrets() {
        List<String> secrets =
                new ArrayList<>(camera.secrets().stream().map(Secret::reveal).toList());
        url.map(SourceSecrets::in).ifPresent(secrets::addAll);
        return secrets;
    }

    /** Without its address. */
    @Override
    public String toString() {
        return camera.title() + problem.map(sentence -> ": " + sentence).orElse("");
    }
}
