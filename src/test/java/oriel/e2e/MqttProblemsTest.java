package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.BuildInfo;
import oriel.Server;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.Seams;
import oriel.config.ConfigLoader;
import oriel.config.ConfigPlaces;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.RecordingClient.Seen;

/** What Oriel tells Home Assistant of its own troubles, in sentences that its owner can act on. */
class MqttProblemsTest extends ViewerScene {
    private static final String FILE = "go2rtc.yaml";
    private static final String CAMERA = "streams: {door: \"rtsp://127.0.0.1:1/x\"}\n";

    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);
    private RecordingClient client;

    @BeforeEach
    void listen() {
        client = keep(RecordingClient.on(EmbeddedBroker.shared().port(), base + "/#"));
    }

    private String mqtt() {
        return "{oriel: {mqtt: {host: 127.0.0.1, port: "
                + EmbeddedBroker.shared().port() + ", base: " + base + ", discovery_prefix: " + base
                + "ha}, probe: {off: [door]}}}";
    }

    private TestOriel start() throws Exception {
        Files.writeString(folder.resolve(FILE), CAMERA);
        TestOriel oriel = keep(TestOriel.startWithFile(folder, FILE, mqtt()));
        awaitWell();
        return oriel;
    }

    private Seen state(String part) throws InterruptedException {
        return client.await(message ->
                message.topic().equals(base + "/state") && message.text().contains(part));
    }

    private void awaitWell() throws InterruptedException {
        state("{\"problem\":\"OFF\",\"reasons\":[],");
        client.clear();
    }

    private List<String> problems() throws Exception {
        return ((JsonObject) Json.parse(state("{\"problem\":\"ON\"").text()))
                .array("reasons").orElseThrow().items().stream()
                        .map(Object::toString)
                        .toList();
    }

    @Test
    void configurationThatIsRefused_isAProblem_untilItIsRight() throws Exception {
        TestOriel oriel = start();
        Files.writeString(folder.resolve(FILE), CAMERA + "webrtc: {listen: nowhere}\n");
        oriel.server().reload();
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("The changed configuration is not used, the one before goes on: go2rtc.yaml:2:")
                        .contains("webrtc.listen"));
        client.clear();
        Files.writeString(folder.resolve(FILE), CAMERA);
        oriel.server().reload();
        awaitWell();
    }

    @Test
    void dataFolderThatCannotBeWritten_isAProblem_untilItCan() throws Exception {
        start();
        Path blocker = Files.createDirectories(folder.resolve("state.json.tmp").resolve("full"));
        client.publish(base + "/door/set/enabled", "OFF", false);
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("state.json cannot be written (")
                        .contains("what is changed is forgotten when Oriel ends"));
        client.clear();
        Files.delete(blocker);
        Files.delete(blocker.getParent());
        client.publish(base + "/door/set/enabled", "ON", false);
        awaitWell();
    }

    @Test
    void portsThatAreTaken_areProblems_whichSayWhatToDo() throws Exception {
        try (ServerSocket api = taken();
                ServerSocket ingress = taken();
                ServerSocket webrtc = taken()) {
            ConfigPlaces places = new ConfigPlaces(
                    new ConfigLoader(folder, Map.of()),
                    List.of(
                            "{api: {listen: \"127.0.0.1:" + api.getLocalPort() + "\"}, webrtc: {listen: \"127.0.0.1:"
                                    + webrtc.getLocalPort() + "/tcp\"}, oriel: {ingress: {listen: \"127.0.0.1:"
                                    + ingress.getLocalPort() + "\"}}, " + CAMERA.strip() + "}",
                            mqtt()));
            keep(Server.start(BuildInfo.load(), places, places.load(), Seams.system()));
            state("api.listen");
            state("oriel.ingress.listen");
            state("webrtc.listen");
            String all = client.last(base + "/state").orElseThrow().text();
            assertThat(all)
                    .contains("The port of page and API, 127.0.0.1:" + api.getLocalPort()
                            + ", is taken by another program. End that program, or set api.listen to another port.")
                    .contains("The port for viewers, 127.0.0.1:" + webrtc.getLocalPort());
        }
    }

    private static ServerSocket taken() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
