package oriel.homeassistant.discovery;

import java.util.List;
import java.util.Optional;
import oriel.base.JsonArray;
import oriel.base.JsonObject;

/**
 * What announces devices to Home Assistant, as pure functions of facts: one message a device ({@code
 * homeassistant/device/<id>/config}, from 2024.11 on), nothing in it that Home Assistant does not know, for one unknown key
 * drops the whole device. Names of entities do not repeat the device's, which Home Assistant puts in front.
 *
 * @param topics where all is said
 * @param version Oriel's
 */
public record DeviceMessages(Topics topics, String version) {
    /** What a viewer's event says. */
    static final List<String> VIEWER_EVENTS = List.of("joined", "left");

    /** What a stream's event says. */
    static final List<String> STREAM_EVENTS = List.of("lost", "restored");

    static final List<String> CONNECTIVITY_ATTRIBUTES = List.of("reason", "since", "next_try", "source");

    private static final String PRESSED = "PRESS";
    private static final String BRAND = "Oriel";

    /**
     * Oriel as a device.
     *
     * @param slug of the app under the Supervisor, where it can be opened and updated; empty stand-alone
     */
    public JsonObject app(Optional<String> slug) {
        JsonObject.Builder device = JsonObject.builder()
                .put("identifiers", JsonArray.ofStrings(List.of(topics.appDevice())))
                .put("name", BRAND)
                .put("manufacturer", BRAND)
                .put("model", "Camera gateway")
                .put("sw_version", version);
        slug.ifPresent(app -> device.put("configuration_url", "homeassistant://hassio/ingress/" + app));
        Entities all = new Entities(topics.appDevice(), "oriel", topics.state());
        appConditions(all);
        figures(all);
        all.entity(Platform.SENSOR, "version", "Version")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.BUTTON, "reload", "Reload configuration")
                .config()
                .put("command_topic", topics.command("reload"))
                .put("payload_press", PRESSED)
                .add();
        if (slug.isPresent()) {
            all.entity(Platform.UPDATE, "update", "Update")
                    .put("state_topic", topics.state())
                    .put("value_template", "{{ value_json.update | tojson }}")
                    .diagnostic()
                    .add();
        }
        return message(device.build(), List.of(topics.availability()), all.build());
    }

    private static void appConditions(Entities all) {
        all.entity(Platform.BINARY_SENSOR, "problem", "Problem")
                .put("device_class", "problem")
                .diagnostic()
                .fromState()
                .attributes(List.of("reasons"))
                .add();
        all.entity(Platform.SENSOR, "streams", "Streams")
                .put("state_class", "measurement")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "viewers", "Viewers")
                .put("state_class", "measurement")
                .fromState()
                .add();
    }

    private static void figures(Entities all) {
        all.entity(Platform.SENSOR, "cpu", "CPU")
                .measured("%")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "memory", "Memory")
                .put("device_class", "data_size")
                .measured("MB")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "loop_delay", "Event loop delay")
                .put("device_class", "duration")
                .measured("ms")
                .diagnostic()
                .hidden()
                .fromState()
                .add();
    }

    /**
     * A camera as a device.
     *
     * @param name as people see it
     */
    public JsonObject camera(String slug, String name) {
        JsonObject device = JsonObject.builder()
                .put("identifiers", JsonArray.ofStrings(List.of(topics.device(slug))))
                .put("name", name)
                .put("manufacturer", BRAND)
                .put("model", "Camera stream")
                .put("via_device", topics.appDevice())
                .build();
        Entities all = new Entities(topics.device(slug), slug, topics.state(slug));
        conditions(all);
        numbers(all);
        facts(all);
        controls(all, slug);
        pictures(all, slug);
        events(all, slug);
        return message(device, List.of(topics.availability(), topics.availability(slug)), all.build());
    }

    private void conditions(Entities all) {
        all.entity(Platform.BINARY_SENSOR, "connectivity", "Connectivity")
                .put("device_class", "connectivity")
                .diagnostic()
                .fromState()
                .attributes(CONNECTIVITY_ATTRIBUTES)
                .availableBy(topics.availability())
                .add();
        all.entity(Platform.BINARY_SENSOR, "problem", "Problem")
                .put("device_class", "problem")
                .diagnostic()
                .fromState()
                .add();
    }

    private static void numbers(Entities all) {
        all.entity(Platform.SENSOR, "viewers", "Viewers")
                .put("state_class", "measurement")
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "bitrate", "Bitrate")
                .put("device_class", "data_rate")
                .measured("kbit/s")
                .diagnostic()
                .hidden()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "frame_rate", "Frame rate")
                .measured("fps")
                .diagnostic()
                .hidden()
                .fromState()
                .add();
    }

    private static void facts(Entities all) {
        all.entity(Platform.SENSOR, "resolution", "Resolution")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "codec", "Codec").diagnostic().fromState().add();
        all.entity(Platform.SENSOR, "last_error", "Last error")
                .diagnostic()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "running_since", "Running since")
                .put("device_class", "timestamp")
                .diagnostic()
                .hidden()
                .fromState()
                .add();
        all.entity(Platform.SENSOR, "restarts", "Restarts")
                .put("state_class", "total_increasing")
                .diagnostic()
                .hidden()
                .fromState()
                .add();
    }

    private void controls(Entities all, String slug) {
        all.entity(Platform.SWITCH, "enabled", "Enabled")
                .config()
                .fromState()
                .put("command_topic", topics.command(slug, "enabled"))
                .availableBy(topics.availability())
                .add();
        all.entity(Platform.SWITCH, "keep_alive", "Keep connected")
                .config()
                .fromState()
                .put("command_topic", topics.command(slug, "keep_alive"))
                .add();
        all.entity(Platform.BUTTON, "restart", "Restart stream")
                .put("device_class", "restart")
                .config()
                .put("command_topic", topics.command(slug, "restart"))
                .put("payload_press", PRESSED)
                .add();
        all.entity(Platform.BUTTON, "snapshot", "Take snapshot")
                .put("command_topic", topics.command(slug, "snapshot"))
                .put("payload_press", PRESSED)
                .add();
    }

    private void pictures(Entities all, String slug) {
        all.entity(Platform.IMAGE, "still", "Still")
                .put("image_topic", topics.still(slug))
                .put("content_type", "image/jpeg")
                .attributes(List.of("taken"))
                .add();
        all.entity(Platform.CAMERA, "camera", slug + "_oriel", "Oriel")
                .put("topic", topics.still(slug))
                .hidden()
                .add();
    }

    private void events(Entities all, String slug) {
        all.entity(Platform.EVENT, "viewer_event", "Viewer")
                .put("state_topic", topics.viewerEvent(slug))
                .put("event_types", VIEWER_EVENTS)
                .add();
        all.entity(Platform.EVENT, "stream_event", "Stream")
                .put("state_topic", topics.streamEvent(slug))
                .put("event_types", STREAM_EVENTS)
                .diagnostic()
                .add();
    }

    private JsonObject message(JsonObject device, List<String> availability, JsonObject components) {
        return JsonObject.builder()
                .put("device", device)
                .put(
                        "origin",
                        JsonObject.builder()
                                .put("name", BRAND)
                                .put("sw_version", version)
                                .build())
                .put("availability", Entities.availability(availability))
                .put("availability_mode", "all")
                .put("qos", 1)
                .put("components", components)
                .build();
    }
}
