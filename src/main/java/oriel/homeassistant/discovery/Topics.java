package oriel.homeassistant.discovery;

import java.util.List;
import java.util.Optional;

/**
 * Where things are said. Device ids and topics are made of these three words and a camera's slug only, so none holds a
 * wildcard or a character that Home Assistant refuses.
 *
 * @param base of all our topics, {@code oriel}
 * @param prefix of Home Assistant's, {@code homeassistant}
 * @param install eight hexadecimal digits that tell us from other installations
 */
public record Topics(String base, String prefix, String install) {
    /** What a camera may not be called in topics and ids, for we use the word ourselves. */
    static final List<String> RESERVED = List.of("availability", "state", "set", "oriel");

    private static final String CONFIG = "/config";

    /** What we listen to: Home Assistant's birth, commands, and who was announced before. */
    public List<String> subscriptions() {
        return List.of(birth(), base + "/set/+", base + "/+/set/+", prefix + "/device/+/config");
    }

    String birth() {
        return prefix + "/status";
    }

    /** Whether Oriel is there; the will. */
    public String availability() {
        return base + "/availability";
    }

    String state() {
        return base + "/state";
    }

    String appDevice() {
        return "oriel_" + install;
    }

    String appConfig() {
        return config(appDevice());
    }

    String device(String slug) {
        return appDevice() + "_" + slug;
    }

    String config(String device) {
        return prefix + "/device/" + device + CONFIG;
    }

    String availability(String slug) {
        return base + "/" + slug + "/availability";
    }

    String state(String slug) {
        return base + "/" + slug + "/state";
    }

    String still(String slug) {
        return base + "/" + slug + "/still";
    }

    String viewerEvent(String slug) {
        return base + "/" + slug + "/event/viewer";
    }

    String streamEvent(String slug) {
        return base + "/" + slug + "/event/stream";
    }

    String command(String component) {
        return base + "/set/" + component;
    }

    String command(String slug, String component) {
        return base + "/" + slug + "/set/" + component;
    }

    /** All that is kept in the broker for a camera; the announcement last, for it is what remains are found by. */
    List<String> retained(String slug) {
        return List.of(still(slug), state(slug), availability(slug), config(device(slug)));
    }

    /** The camera of ours that {@code topic} announces; empty for anybody else's. */
    Optional<String> announced(String topic) {
        String start = prefix + "/device/" + appDevice() + "_";
        return topic.startsWith(start) && topic.endsWith(CONFIG) && topic.length() > start.length() + CONFIG.length()
                ? Optional.of(topic.substring(start.length(), topic.length() - CONFIG.length()))
                : Optional.empty();
    }
}
