package oriel.homeassistant.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;

class DeviceMessagesTest {
    private static final Topics TOPICS = new Topics("oriel", "homeassistant", "1a2b3c4d");
    private static final DeviceMessages MESSAGES = new DeviceMessages(TOPICS, "0.1.0");

    @Test
    void app_standAlone_isWhatHomeAssistantTakes_withoutUpdate() {
        JsonObject app = MESSAGES.app(Optional.empty());

        assertThat(DiscoverySchema.problems(TOPICS.appConfig(), app)).isEmpty();
        assertThat(components(app))
                .containsExactly("problem", "streams", "viewers", "cpu", "memory", "loop_delay", "version", "reload");
        assertThat(app.toJson())
                .startsWith(
                        "{\"device\":{\"identifiers\":[\"oriel_1a2b3c4d\"],\"name\":\"Oriel\",\"manufacturer\":\"Oriel\","
                                + "\"model\":\"Camera gateway\",\"sw_version\":\"0.1.0\"},"
                                + "\"origin\":{\"name\":\"Oriel\",\"sw_version\":\"0.1.0\"},"
                                + "\"availability\":[{\"topic\":\"oriel/availability\"}],\"availability_mode\":\"all\",\"qos\":1,"
                                + "\"components\":{\"problem\":{\"platform\":\"binary_sensor\","
                                + "\"unique_id\":\"oriel_1a2b3c4d_problem\",\"default_entity_id\":\"binary_sensor.oriel_problem\","
                                + "\"name\":\"Problem\",\"device_class\":\"problem\",\"entity_category\":\"diagnostic\","
                                + "\"state_topic\":\"oriel/state\",\"value_template\":\"{{ value_json.problem }}\","
                                + "\"json_attributes_topic\":\"oriel/state\","
                                + "\"json_attributes_template\":\"{{ {'reasons': value_json.reasons} | tojson }}\"}");
    }

    @Test
    void app_underTheSupervisor_hasAnUpdate_andCanBeOpened() {
        JsonObject app = MESSAGES.app(Optional.of("local_oriel"));

        assertThat(DiscoverySchema.problems(TOPICS.appConfig(), app)).isEmpty();
        assertThat(components(app)).endsWith("reload", "update");
        assertThat(app.object("device").orElseThrow().string("configuration_url"))
                .contains("homeassistant://hassio/ingress/local_oriel");
        assertThat(component(app, "update").members()).doesNotContainKey("command_topic");
    }

    @Test
    void camera_isWhatHomeAssistantTakes_withEveryComponent() {
        JsonObject camera = MESSAGES.camera("garden", "Garden");

        assertThat(DiscoverySchema.problems(TOPICS.config(TOPICS.device("garden")), camera))
                .isEmpty();
        assertThat(components(camera))
                .containsExactlyInAnyOrder(
                        ("connectivity problem viewers bitrate frame_rate resolution codec last_error running_since"
                                        + " restarts enabled keep_alive restart snapshot still camera viewer_event"
                                        + " stream_event")
                                .split(" "));
        assertThat(camera.object("device").orElseThrow().toJson())
                .isEqualTo(
                        "{\"identifiers\":[\"oriel_1a2b3c4d_garden\"],\"name\":\"Garden\",\"manufacturer\":\"Oriel\","
                                + "\"model\":\"Camera stream\",\"via_device\":\"oriel_1a2b3c4d\"}");
        assertThat(camera.array("availability").orElseThrow().toJson())
                .isEqualTo("[{\"topic\":\"oriel/availability\"},{\"topic\":\"oriel/garden/availability\"}]");
    }

    @Test
    void camera_whatSwitchesItOnAgain_dependsOnOrielAlone() {
        JsonObject camera = MESSAGES.camera("garden", "Garden");

        Set<String> apart = camera.object("components").orElseThrow().members().entrySet().stream()
                .filter(entry -> ((JsonObject) entry.getValue()).members().containsKey("availability"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(apart).containsExactlyInAnyOrder("connectivity", "enabled");
        assertThat(component(camera, "enabled")
                        .array("availability")
                        .orElseThrow()
                        .toJson())
                .isEqualTo("[{\"topic\":\"oriel/availability\"}]");
    }

    @Test
    void camera_theCameraEntity_isRawOffAndNoNamesakeOfHomeAssistants() {
        assertThat(component(MESSAGES.camera("garden", "Garden"), "camera").toJson())
                .isEqualTo("{\"platform\":\"camera\",\"unique_id\":\"oriel_1a2b3c4d_garden_camera\","
                        + "\"default_entity_id\":\"camera.garden_oriel\",\"name\":\"Oriel\","
                        + "\"topic\":\"oriel/garden/still\",\"enabled_by_default\":false}");
    }

    @Test
    void camera_noisyOnes_areOffUntilTheyAreWanted() {
        JsonObject camera = MESSAGES.camera("garden", "Garden");

        assertThat(components(camera).stream()
                        .filter(id -> component(camera, id).members().containsKey("enabled_by_default")))
                .containsExactlyInAnyOrder("bitrate", "frame_rate", "running_since", "restarts", "camera");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+/#", "a/b", "nul\0nul", "$SYS/broker", "Hof~1", "{{ 7*7 }}", "\u202Egnp", "Tür"})
    void camera_anyName_isTaken(String name) {
        String slug = new Slugs(new FakeMemory())
                .of(List.of(name))
                .values()
                .iterator()
                .next();
        JsonObject camera = MESSAGES.camera(slug, CameraName.shown(name));

        assertThat(slug).matches("[a-z0-9_]+");
        assertThat(DiscoverySchema.problems(TOPICS.config(TOPICS.device(slug)), camera))
                .isEmpty();
        assertThat(camera.object("device").orElseThrow().string("name").orElseThrow())
                .isNotBlank()
                .doesNotContain("\0", "\u202E");
    }

    @Test
    void uniqueIds_ofAllDevicesOfCamerasWithSimilarNames_differ() {
        List<String> slugs = List.of("a", "a_viewer", "a_stream", "a_running", "a_keep", "viewers", "still", "camera");
        List<String> ids = Stream.concat(
                        Stream.of(MESSAGES.app(Optional.of("x"))),
                        slugs.stream().map(slug -> MESSAGES.camera(slug, slug)))
                .flatMap(message -> message.object("components").orElseThrow().members().values().stream())
                .map(component -> ((JsonObject) component).string("unique_id").orElseThrow())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void schema_whatHomeAssistantRefuses_isFound() {
        JsonObject good = MESSAGES.camera("garden", "Garden");
        String topic = TOPICS.config(TOPICS.device("garden"));

        assertThat(DiscoverySchema.problems(topic, with(good, "frob", new JsonString("x"))))
                .isNotEmpty();
        assertThat(DiscoverySchema.problems(topic, with(good, "~", new JsonString("x"))))
                .isNotEmpty();
        assertThat(DiscoverySchema.problems(topic, with(good, "origin", JsonObject.empty())))
                .isNotEmpty();
        assertThat(DiscoverySchema.problems("homeassistant/device/a.b/config", good))
                .isNotEmpty();
        for (String change : List.of(
                "viewers:entity_category:config",
                "viewers:default_entity_id:no_domain",
                "viewers:default_entity_id:switch.garden_viewers",
                "bitrate:unit_of_measurement:kbps",
                "running_since:device_class:uptime",
                "viewers:object_id:x",
                "viewers:name:Garden viewers",
                "viewers:unique_id:oriel_1a2b3c4d_garden_problem",
                "enabled:command_topic:oriel/+/set")) {
            List<String> words = Arrays.asList(change.split(":"));
            JsonObject changed = with(component(good, words.get(0)), words.get(1), new JsonString(words.get(2)));
            JsonObject all = with(good.object("components").orElseThrow(), words.get(0), changed);
            assertThat(DiscoverySchema.problems(topic, with(good, "components", all)))
                    .as(change)
                    .isNotEmpty();
        }
    }

    private static JsonObject with(JsonObject json, String key, JsonValue value) {
        JsonObject.Builder changed = JsonObject.builder();
        json.members().forEach(changed::put);
        return changed.put(key, value).build();
    }

    private static List<String> components(JsonObject message) {
        return List.copyOf(message.object("components").orElseThrow().members().keySet());
    }

    private static JsonObject component(JsonObject message, String id) {
        return message.object("components").orElseThrow().object(id).orElseThrow();
    }
}
