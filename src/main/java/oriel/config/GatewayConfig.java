package oriel.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import oriel.base.Secret;

/**
 * The whole configuration that this version acts on. Equal to another by content, so that a reload can tell what changed.
 *
 * @param api the HTTP doors
 * @param webrtc the WebRTC lane
 * @param log the log
 * @param env variables for {@code ${VAR}} and for children; default none
 * @param streams by name, in the file's order, at most {@value #MAX_STREAMS}; default none
 * @param preload which streams stay connected: name to the query that says which tracks; default none
 * @param hass where Home Assistant's cameras are looked for
 * @param oriel our own section
 */
public record GatewayConfig(
        ApiConfig api,
        WebrtcConfig webrtc,
        LogConfig log,
        Map<String, Secret> env,
        Map<String, StreamConfig> streams,
        Map<String, String> preload,
        HassConfig hass,
        OrielConfig oriel) {
    /** Most streams of the file. */
    public static final int MAX_STREAMS = 2000;

    /** What a preload asks for that does not say. */
    public static final String DEFAULT_PRELOAD = "video&audio";

    public GatewayConfig {
        env = Map.copyOf(env);
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        preload = Collections.unmodifiableMap(new LinkedHashMap<>(preload));
    }
}
