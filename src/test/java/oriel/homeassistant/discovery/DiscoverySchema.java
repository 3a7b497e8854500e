package oriel.homeassistant.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;

/**
 * What Home Assistant 2024.11 to 2026.11 takes of a device's discovery message, as its documentation has it and as it was
 * recorded: stricter than Home Assistant where that drops an entity without a word.
 */
public final class DiscoverySchema {
    private static final Set<String> ROOT = Set.of(
            "device",
            "origin",
            "components",
            "availability",
            "availability_mode",
            "availability_topic",
            "availability_template",
            "payload_available",
            "payload_not_available",
            "command_topic",
            "state_topic",
            "encoding",
            "qos",
            "message_expiry_interval");
    private static final Set<String> DEVICE = Set.of(
            "identifiers",
            "connections",
            "name",
            "manufacturer",
            "model",
            "model_id",
            "hw_version",
            "sw_version",
            "serial_number",
            "configuration_url",
            "via_device"); // No suggested_area: 2026.11 puts it into entity ids.
    private static final Set<String> ORIGIN = Set.of("name", "sw_version", "support_url");
    private static final Set<String> COMMON = Set.of(
            "platform",
            "unique_id",
            "default_entity_id",
            "name",
            "icon",
            "entity_category",
            "enabled_by_default",
            "availability",
            "availability_mode",
            "json_attributes_topic",
            "json_attributes_template",
            "qos"); // No object_id: 2026.4 and later ignore it.
    private static final Map<String, Set<String>> KEYS = Map.of(
            "binary_sensor", Set.of("state_topic", "value_template", "device_class", "payload_on", "payload_off"),
            "sensor",
                    Set.of(
                            "state_topic",
                            "value_template",
                            "device_class",
                            "state_class",
                            "unit_of_measurement",
                            "options",
                            "suggested_display_precision"),
            "switch", Set.of("state_topic", "value_template", "command_topic", "device_class"),
            "button", Set.of("command_topic", "payload_press", "device_class"),
            "image", Set.of("image_topic", "url_topic", "content_type", "image_encoding"),
            "camera", Set.of("topic", "image_encoding"),
            "event", Set.of("state_topic", "event_types", "device_class"),
            "update", Set.of("state_topic", "value_template", "device_class", "command_topic", "payload_install"));
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "binary_sensor", Set.of("state_topic"),
            "sensor", Set.of("state_topic"),
            "switch", Set.of("state_topic", "command_topic"),
            "button", Set.of("command_topic"),
            "image", Set.of(),
            "camera", Set.of("topic"),
            "event", Set.of("state_topic", "event_types"),
            "update", Set.of("state_topic"));
    private static final Map<String, Set<String>> CLASSES = Map.of(
            "binary_sensor", Set.of("connectivity", "problem", "motion", "running"),
            "sensor", Set.of("data_rate", "data_size", "duration", "timestamp", "enum"), // uptime: 2025.5 has it not
            "button", Set.of("restart", "update", "identify"),
            "event", Set.of("doorbell", "button", "motion"),
            "switch", Set.of("outlet", "switch"),
            "update", Set.of("firmware"));
    private static final Map<String, Set<String>> UNITS = Map.of(
            "data_rate", Set.of("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "B/s", "kB/s", "MB/s", "GB/s", "KiB/s", "MiB/s"),
            "data_size", Set.of("B", "kB", "MB", "GB", "KiB", "MiB", "GiB"),
            "duration", Set.of("d", "h", "min", "s", "ms"),
            "timestamp", Set.of(),
            "enum", Set.of());
    private static final Set<String> ON_CATEGORY =
            Set.of("camera", "image", "event", "update", "switch", "select", "button");

    private final List<String> problems = new ArrayList<>();

    private DiscoverySchema() {}

    /** What is wrong with {@code message} on {@code topic}; empty if nothing is. */
    public static List<String> problems(String topic, JsonObject message) {
        DiscoverySchema schema = new DiscoverySchema();
        schema.envelope(topic, message);
        return schema.problems;
    }

    private void must(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    private void keys(JsonObject json, Set<String> allowed, String where) {
        json.members().keySet().forEach(key -> must(allowed.contains(key), where + " has the unknown key " + key));
        json.members().forEach((key, value) -> must(!key.equals("~"), where + ": ~"));
    }

    private void envelope(String topic, JsonObject message) {
        must(topic.matches("homeassistant/device/[a-zA-Z0-9_-]+/config"), "illegal discovery topic " + topic);
        keys(message, ROOT, "the root");
        must(message.toBytes().length < 64 * 1024, "the message is too large for some brokers");
        JsonObject device = message.object("device").orElse(JsonObject.empty());
        keys(device, DEVICE, "device");
        device.members()
                .forEach((key, value) -> must(
                        value instanceof JsonString || value instanceof JsonArray, "device." + key + " is no text"));
        must(
                !device.array("identifiers")
                        .flatMap(JsonArray::strings)
                        .orElse(List.of())
                        .isEmpty(),
                "no identifiers");
        must(!device.string("name").orElse("").isBlank(), "the device has no name");
        device.string("configuration_url")
                .ifPresent(url -> must(url.matches("(https?|homeassistant)://.+"), "configuration_url " + url));
        JsonObject origin = message.object("origin").orElse(JsonObject.empty());
        keys(origin, ORIGIN, "origin");
        must(origin.string("name").isPresent(), "the origin has no name");
        availability(message, "the root");
        JsonObject components = message.object("components").orElse(JsonObject.empty());
        must(!components.members().isEmpty(), "no components");
        Set<String> ids = new HashSet<>();
        Set<String> entities = new HashSet<>();
        components.members().forEach((id, json) -> {
            must(id.matches("[a-zA-Z0-9_-]+"), "illegal component id " + id);
            JsonObject component = (JsonObject) json;
            component(id, component, device.string("name").orElse(""));
            must(ids.add(component.string("unique_id").orElse("")), "the unique_id of " + id + " is there twice");
            must(entities.add(component.string("default_entity_id").orElse("")), id + ": entity id there twice");
        });
    }

    private void availability(JsonObject json, String where) {
        must(!json.members().containsKey("availability_topic"), where + ": availability_topic beside the list");
        must(
                json.string("availability_mode").stream().allMatch(Set.of("all", "any", "latest")::contains),
                where + ": availability_mode");
        for (JsonValue item : json.array("availability").map(JsonArray::items).orElse(List.of())) {
            JsonObject one = (JsonObject) item;
            keys(one, Set.of("topic", "payload_available", "payload_not_available", "value_template"), "availability");
            topic(one, "topic", where);
        }
    }

    private void component(String id, JsonObject component, String deviceName) {
        String platform = component.string("platform").orElse("");
        Optional<Set<String>> own = Optional.ofNullable(KEYS.get(platform));
        if (own.isEmpty()) {
            problems.add(id + " has the unknown platform " + platform);
            return;
        }
        Set<String> allowed = new HashSet<>(COMMON);
        allowed.addAll(own.get());
        keys(component, allowed, id);
        REQUIRED.getOrDefault(platform, Set.of())
                .forEach(key -> must(component.members().containsKey(key), id + " lacks " + key));
        must(component.string("unique_id").isPresent(), id + " lacks unique_id");
        must(
                component.string("default_entity_id").orElse("").matches(platform + "\\.[a-z0-9_]+"),
                id + ": default_entity_id without its domain, or with characters that are not taken");
        String name = component.string("name").orElse("");
        must(!name.isBlank(), id + " has no name");
        must(deviceName.equals(name) || !name.startsWith(deviceName), id + " repeats its device's name");
        component
                .string("entity_category")
                .ifPresent(category -> must(
                        category.equals("diagnostic") || category.equals("config") && ON_CATEGORY.contains(platform),
                        id + ": entity_category " + category + " is refused for a " + platform));
        component.members().keySet().stream()
                .filter(key -> key.endsWith("topic"))
                .forEach(key -> topic(component, key, id));
        must(
                component.members().containsKey("json_attributes_topic")
                        || !component.members().containsKey("json_attributes_template"),
                id + ": attributes without topic");
        must(
                component.member("enabled_by_default").stream().allMatch(JsonBool.class::isInstance),
                id + ": enabled_by_default");
        availability(component, id);
        special(id, platform, component);
    }

    private void special(String id, String platform, JsonObject component) {
        Optional<String> deviceClass = component.string("device_class");
        deviceClass.ifPresent(word ->
                must(CLASSES.getOrDefault(platform, Set.of()).contains(word), id + ": unknown device_class " + word));
        switch (platform) {
            case "sensor" -> {
                Optional<String> unit = component.string("unit_of_measurement");
                deviceClass.ifPresent(word -> {
                    Set<String> units = UNITS.getOrDefault(word, Set.of());
                    must(
                            units.isEmpty()
                                    ? unit.isEmpty()
                                    : unit.filter(units::contains).isPresent(),
                            id + ": unit " + unit + " of a " + word);
                });
                component
                        .string("state_class")
                        .ifPresent(word -> must(
                                Set.of("measurement", "total", "total_increasing")
                                        .contains(word),
                                id + ": " + word));
            }
            case "event" -> {
                List<String> types = component
                        .array("event_types")
                        .flatMap(JsonArray::strings)
                        .orElse(List.of());
                must(!types.isEmpty(), id + " has no event_types");
                must(!deviceClass.equals(Optional.of("doorbell")) || types.contains("ring"), id + ": doorbell");
            }
            case "image" ->
                must(
                        component.members().containsKey("image_topic")
                                != component.members().containsKey("url_topic"),
                        id + ": image_topic xor url_topic");
            default -> {}
        }
    }

    private void topic(JsonObject json, String key, String where) {
        String topic = json.string(key).orElse("");
        must(
                !topic.isEmpty() && !topic.matches(".*[#+\\x00-\\x20].*") && !topic.startsWith("$"),
                where + ": " + key + " is no topic");
    }
}
