package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.homeassistant.discovery.DiscoverySchema;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.RecordingClient.Seen;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.homeassistant.FakeHomeAssistant;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;

/** Cameras as devices of Home Assistant: whole messages, through a real broker. */
class MqttDevicesTest extends ViewerScene {
    private static final String GOLDEN = "/golden/mqtt/";

    private final int broker = EmbeddedBroker.shared().port();
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);
    private final String prefix = base + "ha";

    private String mqtt() {
        return "{oriel: {mqtt: {host: 127.0.0.1, port: " + broker + ", base: " + base + ", discovery_prefix: " + prefix
                + "}, probe: {off: [Front door, door]}}}";
    }

    private RecordingClient listen() {
        return keep(RecordingClient.on(broker, new String[] {base + "/#", prefix + "/#"}));
    }

    private TestOriel start(String yaml) throws Exception {
        return keep(open(yaml));
    }

    private TestOriel open(String yaml) throws Exception {
        return TestOriel.start(folder, yaml, mqtt());
    }

    private String install() throws IOException, MalformedException {
        return ((JsonObject) Json.parse(Files.readString(folder.resolve("state.json"))))
                .string("install")
                .orElseThrow();
    }

    // Ids and topics of this run as those of every run.
    private String plain(Seen message) throws IOException, MalformedException {
        return message.text().replace(install(), "1a2b3c4d").replace(base, "oriel");
    }

    private static JsonObject json(Seen message) {
        try {
            return (JsonObject) Json.parse(message.text());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static String golden(String name, JsonObject message) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(Path.of("src/test/resources" + GOLDEN + name), message.toIndentedJson());
        }
        try (var in = MqttDevicesTest.class.getResourceAsStream(GOLDEN + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Seen state(RecordingClient client, String slug, String part) throws InterruptedException {
        return client.await(message -> message.topic().equals(base + "/" + slug + "/state")
                && message.text().contains(part));
    }

    @Test
    void start_announcesOrielAndItsCameras_wholeMessages() throws Exception {
        RecordingClient client = listen();
        start("{streams: {Front door: \"rtsp://admin:canary@127.0.0.1:1/x\"}}");

        Seen camera = client.await(message -> message.topic().endsWith("_front_door/config"));
        Seen app = client.await(
                message -> message.topic().equals(prefix + "/device/oriel_" + install(message) + "/config"));
        JsonObject cameraJson = (JsonObject) Json.parse(plain(camera));
        JsonObject appJson =
                (JsonObject) Json.parse(plain(app).replaceAll("\"sw_version\":\"[^\"]*\"", "\"sw_version\":\"0\""));
        cameraJson = (JsonObject)
                Json.parse(cameraJson.toJson().replaceAll("\"sw_version\":\"[^\"]*\"", "\"sw_version\":\"0\""));
        assertThat(DiscoverySchema.problems(camera.topic().replace(prefix, "homeassistant"), json(camera)))
                .isEmpty();
        assertThat(DiscoverySchema.problems(app.topic().replace(prefix, "homeassistant"), json(app)))
                .isEmpty();
        assertThat(cameraJson.toIndentedJson()).isEqualTo(golden("camera.json", cameraJson));
        assertThat(appJson.toIndentedJson()).isEqualTo(golden("app.json", appJson));
        client.await(base + "/availability", "online");
        client.await(base + "/front_door/availability", "online");
        Seen state = state(client, "front_door", "\"enabled\"");
        assertThat(state.text().replaceAll("20\\d\\d-[^\"]*Z", "then"))
                .isEqualTo("{\"connectivity\":null,\"problem\":\"OFF\",\"reason\":null,\"since\":\"then\","
                        + "\"next_try\":null,\"source\":\"rtsp\",\"viewers\":0,\"bitrate\":0,\"frame_rate\":0,"
                        + "\"resolution\":null,\"codec\":null,\"last_error\":null,\"running_since\":null,"
                        + "\"restarts\":0,\"enabled\":\"ON\",\"keep_alive\":\"OFF\",\"taken\":null}");
        assertThat(client.seen()).noneMatch(message -> message.text().contains("canary"));
    }

    private String install(Seen message) {
        return message.topic().replaceAll(".*oriel_([0-9a-f]{8}).*", "$1");
    }

    @Test
    void aViewer_comesAndGoes_isToldAtOnce_andByEventsThatAreNotKept() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(SyntheticPictures.of(25).track());
        TestOriel oriel = start(Watch.stream("door", camera.url()));
        state(client, "door", "\"viewers\":0");

        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        assertThat(json(state(client, "door", "\"viewers\":1")).string("connectivity"))
                .contains("ON");
        Seen joined = client.await(
                base + "/door/event/viewer", "{\"event_type\":\"joined\",\"kind\":\"webrtc\",\"viewers\":1}");
        assertThat(joined.retained()).isFalse();
        client.clear();
        viewer.close();
        state(client, "door", "\"viewers\":0");
        client.await(base + "/door/event/viewer", "{\"event_type\":\"left\",\"kind\":\"webrtc\",\"viewers\":0}");

        RecordingClient late = listen();
        late.await(base + "/availability", "online");
        assertThat(late.seen()).noneMatch(message -> message.topic().contains("/event/"));
    }

    @Test
    void aSwitch_isDone_shown_andKeptOverARestart_aKeptCommandIsNot() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(SyntheticPictures.of(25).track());
        try (TestOriel oriel = open(Watch.stream("door", camera.url()))) {
            client.await(base + "/door/availability", "online");
            assertThat(oriel.gateway().catalog().enabled("door")).isTrue();

            client.publish(base + "/door/set/enabled", "OFF", false);
            client.await(base + "/door/availability", "offline");
            state(client, "door", "\"enabled\":\"OFF\"");
            assertThat(oriel.gateway().catalog().enabled("door")).isFalse();
            client.clear();
            client.publish(base + "/door/set/enabled", "ON", true); // Kept, and so of any age at the next connect.
            client.await(base + "/door/availability", "online");
            client.clear();
            client.publish(base + "/door/set/enabled", "OFF", false);
            client.await(base + "/door/availability", "offline");
        }
        client.await(base + "/availability", "offline");
        client.clear();

        TestOriel again = start(Watch.stream("door", camera.url()));
        client.await(base + "/availability", "online");
        client.publish(base + "/door/set/keep_alive", "ON", false);
        state(client, "door", "\"keep_alive\":\"ON\"");
        assertThat(client.last(base + "/door/availability").orElseThrow().text())
                .isEqualTo("offline");
        assertThat(again.get("/api/oriel/limits").body()).contains("\"mqtt\":{\"mqtt-command-retained\":1}");
        client.publish(base + "/door/set/enabled", new byte[0], true);
    }

    @Test
    void aCameraThatIsGone_alsoWhileWeWereAway_leavesNoGhost_andOthersAreNotTouched() throws Exception {
        RecordingClient client = listen();
        client.publish(prefix + "/device/oriel_99999999_old/config", "{}", true);
        String config;
        try (TestOriel oriel = open("{streams: {old: \"rtsp://127.0.0.1:1/x\", stays: \"rtsp://127.0.0.1:1/y\"}}")) {
            config = client.await(message -> message.topic().endsWith("_old/config")
                            && !message.topic().contains("99999999"))
                    .topic();
            client.await(base + "/old/availability", "online");
            assertThat(oriel.gateway().catalog().cameras()).hasSize(2);
        }
        client.clear();

        start("{streams: {stays: \"rtsp://127.0.0.1:1/y\"}}");
        client.await(config, "");
        client.await(base + "/old/availability", "");
        client.await(base + "/old/state", "");
        RecordingClient late = listen();
        late.await(base + "/stays/availability", "online");
        late.await(prefix + "/device/oriel_99999999_old/config", "{}");
        assertThat(late.seen().stream().map(Seen::topic).filter(topic -> topic.contains("old")))
                .containsExactly(prefix + "/device/oriel_99999999_old/config");
    }

    @Test
    void homeAssistantIsBorn_allIsSaidAgain() throws Exception {
        RecordingClient client = listen();
        start("{streams: {door: \"rtsp://127.0.0.1:1/x\"}}");
        client.await(base + "/door/availability", "online");
        state(client, "door", "enabled");
        client.await(message -> message.topic().equals(base + "/state"));
        client.clear();

        client.publish(prefix + "/status", "online", false);
        client.await(message -> message.topic().endsWith("_door/config"));
        client.await(base + "/door/availability", "online");
        state(client, "door", "enabled");
    }

    @Test
    void anyName_isACamera() throws Exception {
        RecordingClient client = listen();
        start(
                "{streams: {\"#\": \"rtsp://127.0.0.1:1/a\", \"+/x\": \"rtsp://127.0.0.1:1/b\", \"$SYS\": \"rtsp://127.0.0.1:1/c\","
                        + " set: \"rtsp://127.0.0.1:1/d\"}}");

        client.await(base + "/camera/availability", "online");
        client.await(base + "/x/availability", "online");
        client.await(base + "/sys/availability", "online");
        client.await(base + "/set_2/availability", "online");
    }

    @Test
    void theSupervisorsBroker_isUsed_andWhatItKnowsOfUsIsTold() throws Exception {
        RecordingClient client =
                keep(RecordingClient.on(broker, new String[] {"oriel/#", "homeassistant/device/+/config"}));
        try (FakeHomeAssistant home = FakeHomeAssistant.start()) {
            home.mqtt("127.0.0.1", broker, "", "");
            keep(TestOriel.start(folder, home.environment(), "{streams: {supervised: \"rtsp://127.0.0.1:1/x\"}}"));

            client.await(message -> message.topic().endsWith("_supervised/config"));
            client.await(message -> message.topic().equals("oriel/state")
                    && message.text()
                            .contains("\"update\":{\"installed_version\":\"0.1.0\",\"latest_version\":\"0.2.0\","
                                    + "\"title\":\"Oriel\"}"));
            closeAll();
        }
    }
}
