package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import oriel.base.Clock;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.RecordingClient.Seen;
import oriel.testing.broker.ScriptedBroker;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.TcpForwarder;
import oriel.testing.viewer.ViewerOffer;

/** What Home Assistant hears by MQTT when the configuration changes while Oriel runs, and when it asks for that. */
class MqttReloadTest extends ViewerScene {
    private static final String FILE = "go2rtc.yaml";

    private final int broker = EmbeddedBroker.shared().port();
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);

    /** Chance that comes at once: whatever waits for a random while does not. */
    private static final class Prompt implements RandomGenerator {
        private final SecureRandom random = new SecureRandom();

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public long nextLong(long bound) {
            return 0;
        }
    }

    private RecordingClient listen() {
        return keep(RecordingClient.on(broker, base + "/#", base + "ha/#", base + "2/#", base + "2ha/#"));
    }

    private void write(String... lines) throws Exception {
        Files.writeString(folder.resolve(FILE), String.join("\n", lines) + "\n");
    }

    private TestOriel start(String... lines) throws Exception {
        write(lines);
        Seams seams = new Seams(Clock.system(), new Prompt(), Resolver.system());
        return keep(TestOriel.startWithFile(folder, seams, FILE));
    }

    private static String reload(TestOriel oriel) throws Exception {
        HttpResponse<String> answer = oriel.post("/api/oriel/reload", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String home(TestOriel oriel) throws Exception {
        return oriel.get("/api/oriel/home").body();
    }

    private static String camera(String name) {
        return "streams: {" + name + ": \"rtsp://127.0.0.1:1/x\"}";
    }

    private String oriel(int port, String topics, String probe) {
        return "oriel: {mqtt: {host: 127.0.0.1, port: " + port + ", base: " + topics + ", discovery_prefix: " + topics
                + "ha}, probe: {" + probe + "}}";
    }

    private String mqtt() {
        return oriel(broker, base, "off: [door, old, new]");
    }

    private Seen state(RecordingClient client, String slug, String part) throws InterruptedException {
        return client.await(message -> message.topic().equals(base + "/" + slug + "/state")
                && message.text().contains(part));
    }

    /** What the broker keeps under {@code topics}, after what it keeps for whom comes last. */
    private List<String> kept(String topics) throws Exception {
        RecordingClient late = listen();
        late.publish(topics + "/mark", "", false);
        late.await(topics + "/mark", "");
        return late.seen().stream()
                .filter(Seen::retained)
                .map(Seen::topic)
                .filter(topic -> topic.startsWith(topics + "/") || topic.startsWith(topics + "ha/"))
                .toList();
    }

    @Test
    void broker_comesAndGoesWithTheConfiguration_withoutARestart() throws Exception {
        RecordingClient client = listen();
        TestOriel oriel = start(camera("door"), "oriel: {probe: {off: [door, old, new]}}");
        assertThat(home(oriel)).doesNotContain("mqtt");
        write(camera("door"), mqtt());
        assertThat(reload(oriel))
                .isEqualTo("{\"changes\":[\"Home Assistant is told by the MQTT broker 127.0.0.1:" + broker + ", under "
                        + base + ".\"],\"restart\":[]}");
        client.await(base + "/availability", "online");
        client.await(base + "/door/availability", "online");
        assertThat(home(oriel))
                .matches(".*\"mqtt\":\\{\"connected\":true,\"broker\":\"127.0.0.1:" + broker
                        + "\",\"since\":\"20[^\"]*Z\"}.*");

        write(camera("door"), "oriel: {probe: {off: [door, old, new]}}");
        assertThat(reload(oriel)).contains("No MQTT broker is named: Home Assistant is told nothing.");
        client.await(base + "/availability", "offline");
        assertThat(home(oriel)).doesNotContain("mqtt");
        assertThat(kept(base)).contains(base + "/door/availability", base + "/availability");
        client.clear();

        write(camera("door"), mqtt());
        reload(oriel);
        client.await(base + "/availability", "online");
    }

    @Test
    void otherBroker_isToldAll_andTheOneBeforeHearsOffline() throws Exception {
        RecordingClient client = listen();
        ScriptedBroker other = keep(ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, true));
        TestOriel oriel = start(camera("door"), mqtt());
        client.await(base + "/door/availability", "online");

        write(camera("door"), oriel(other.port(), base, "off: [door]"));
        reload(oriel);
        assertThat(other.nextConnect()).isEqualTo(5);
        client.await(base + "/availability", "offline");
        write(camera("door"), mqtt());
        client.clear();
        reload(oriel);
        client.await(base + "/availability", "online");
    }

    @Test
    void brokerThatIsNotThere_isSaidToTheOwner_withoutItsLogin() throws Exception {
        TestOriel oriel =
                start(camera("door"), "oriel: {mqtt: {host: 127.0.0.1, port: 1, username: me, password: canary}}");
        Awaitility.await("a failure")
                .atMost(Duration.ofSeconds(20))
                .until(() -> home(oriel).contains("\"failure\""));
        assertThat(home(oriel))
                .contains("\"mqtt\":{\"connected\":false,\"broker\":\"127.0.0.1:1\"")
                .contains("\"failure\":\"The broker 127.0.0.1:1 is not running, or oriel.mqtt.port is wrong")
                .doesNotContain("canary");
    }

    @Test
    void otherTopics_nothingStaysUnderTheOldOnes() throws Exception {
        RecordingClient client = listen();
        TestOriel oriel = start(camera("door"), mqtt());
        client.await(base + "/door/availability", "online");
        state(client, "door", "enabled");
        client.await(message -> message.topic().equals(base + "/state"));

        write(camera("door"), oriel(broker, base + "2", "off: [door]"));
        reload(oriel);
        client.await(base + "2/door/availability", "online");
        assertThat(kept(base)).isEmpty();
        assertThat(kept(base + "2")).contains(base + "2/availability", base + "2/door/state");
        client.publish(base + "2/door/set/enabled", "OFF", false); // What was built anew also listens.
        client.await(base + "2/door/availability", "offline");
    }

    @Test
    void reloadCommand_readsTheFile_evenOneThatMovesItsOwnTopics() throws Exception {
        RecordingClient client = listen();
        start(camera("old"), mqtt());
        client.await(base + "/old/availability", "online");

        overwriteUnseen(camera("new"), mqtt());
        client.publish(base + "/set/reload", "PRESS", false);
        client.await(base + "/new/availability", "online");
        client.await(base + "/old/availability", "");
        state(client, "new", "enabled");

        String moved = mqtt().replace(base + "ha", base + "HA");
        overwriteUnseen(camera("new"), moved);
        RecordingClient there = keep(RecordingClient.on(broker, base + "HA/#"));
        client.publish(base + "/set/reload", "PRESS", false);
        there.await(message -> message.topic().endsWith("_new/config"));
        client.await(message ->
                message.topic().endsWith("_new/config") && message.text().isEmpty());
        client.await(base + "/new/availability", "online");
        assertThat(kept(base)).noneMatch(topic -> topic.startsWith(base + "ha/"));
    }

    // With its size and time as before, so that only who is asked to reads it again.
    private void overwriteUnseen(String... lines) throws Exception {
        Path file = folder.resolve(FILE);
        FileTime time = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        write(lines);
        Files.setLastModifiedTime(file, time);
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void restartCommand_connectsTheCameraAnew_andItsViewerGoesOn() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(SyntheticPictures.of(25).track());
        TestOriel oriel = start("streams: {door: \"" + camera.url() + "\"}", mqtt());
        client.await(base + "/door/availability", "online");
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        state(client, "door", "\"viewers\":1");
        assertThat(camera.connections()).isEqualTo(1);

        client.publish(base + "/door/set/restart", "PRESS", false);
        camera.await(() -> camera.connections() == 2 && camera.playing() == 1);
        oriel.awaitStream("door", stream -> Watch.state(stream).equals("live"));
        int before = viewer.track("video").frames().size();
        viewer.awaitFrames("video", before + 5);
    }

    @Test
    void renamedWhileTheBrokerWasAway_leavesNoGhost() throws Exception {
        RecordingClient client = listen();
        TcpForwarder way = TcpForwarder.start();
        way.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker));
        String mqtt = oriel(way.port(), base, "off: [old, new]");
        TestOriel oriel = start(camera("old"), mqtt);
        client.await(base + "/old/availability", "online");
        state(client, "old", "enabled");
        way.close();
        client.await(base + "/availability", "offline");
        client.clear();

        write(camera("new"), mqtt);
        reload(oriel);
        TcpForwarder again = keep(TcpForwarder.startAt(way.port()));
        again.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker));
        client.await(base + "/new/availability", "online");
        client.await(message ->
                message.topic().endsWith("_old/config") && message.text().isEmpty());
        assertThat(kept(base)).noneMatch(topic -> topic.contains("old"));
        assertThat(kept(base)).anyMatch(topic -> topic.endsWith("_new/config"));
    }

    @Test
    void cameraThatNobodyWatches_isThere_orGone_byLooksThatNeverOpenItsStream() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(SyntheticPictures.of(25).trackByHand());
        String stream = "streams: {door: \"" + camera.url() + "\"}";
        TestOriel oriel = start(stream, oriel(broker, base, "interval: 10h"));
        // The one still after the start opens it; switched off and on it rests, and none is taken any more.
        camera.await(() -> camera.playing() == 1);
        client.publish(base + "/door/set/enabled", "OFF", false);
        client.await(base + "/door/availability", "offline");
        camera.await(() -> camera.live() == 0);
        camera.unplug();
        client.clear();
        client.publish(base + "/door/set/enabled", "ON", false);
        client.await(base + "/door/availability", "online");
        int opened = camera.count("DESCRIBE");

        probeSooner(client, oriel, stream, "9h");
        assertThat(state(client, "door", "\"connectivity\":\"OFF\"").text())
                .contains("\"problem\":\"ON\"", "refuses port", "\"next_try\":\"20");
        camera.plugIn();
        int asked = camera.count("OPTIONS");
        probeSooner(client, oriel, stream, "8h");
        assertThat(state(client, "door", "\"connectivity\":\"ON\"").text())
                .contains("\"problem\":\"OFF\"", "\"reason\":null");
        assertThat(camera.count("OPTIONS")).isEqualTo(asked + 1);
        camera.unplug();
        probeSooner(client, oriel, stream, "7h");
        state(client, "door", "\"connectivity\":\"OFF\"");
        assertThat(camera.count("DESCRIBE")).isEqualTo(opened);
        assertThat(camera.playing()).isZero();
    }

    // A shorter interval begins at once.
    private void probeSooner(RecordingClient client, TestOriel oriel, String stream, String interval) throws Exception {
        client.clear();
        write(stream, oriel(broker, base, "interval: " + interval));
        assertThat(reload(oriel)).contains("\"restart\":[]");
    }
}
