package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.RecordingClient.Seen;
import oriel.testing.camera.EncodedPictures;
import oriel.testing.camera.JavaJpeg;
import oriel.testing.camera.SimulatedCamera;

/** Stills over MQTT, from a camera's packets through the real media worker and a real broker to a JPEG that Java reads. */
@Timeout(120)
class MqttStillsIT extends ViewerScene {
    private final int broker = EmbeddedBroker.shared().port();
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);

    // A camera on a battery: no still of it is taken but for one of the reasons below.
    private TestOriel start(SimulatedCamera camera, String more) throws Exception {
        return keep(TestOriel.start(
                folder,
                Watch.stream("door", camera.url()),
                "{oriel: {mqtt: {host: 127.0.0.1, port: " + broker + ", base: " + base + ", discovery_prefix: " + base
                        + "ha}, probe: {off: [door]}}}",
                more));
    }

    private RecordingClient listen() {
        return keep(RecordingClient.on(broker, base + "/#"));
    }

    private Seen still(RecordingClient client) throws InterruptedException {
        return client.await(message -> message.topic().equals(base + "/door/still"));
    }

    @Test
    void cameraThatRuns_publishesARealPicture_1280Wide() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(EncodedPictures.encode(1920, 1080, 10).track());
        start(camera, "{preload: {door: video}}");

        byte[] jpeg = still(client).payload();
        BufferedImage image = JavaJpeg.read(jpeg);
        assertThat(image.getWidth()).isEqualTo(1280);
        assertThat(image.getHeight()).isEqualTo(720);
        assertThat(JavaJpeg.stamp(image)).isZero();
        client.await(message ->
                message.topic().equals(base + "/door/state") && message.text().contains("\"taken\":\"20"));
        RecordingClient late = listen();
        Seen kept = still(late);
        assertThat(kept.retained()).isTrue();
        assertThat(kept.payload()).isEqualTo(jpeg);
    }

    @Test
    void snapshot_ofAnIdleCamera_opensIt_andBringsItsPicture_inItsOwnSize() throws Exception {
        RecordingClient client = listen();
        SimulatedCamera camera = camera(EncodedPictures.encode(640, 360, 10).track());
        start(camera, "{}");
        client.await(base + "/door/availability", "online");
        client.await(message -> message.topic().equals(base + "/state"));
        assertThat(camera.connections()).isZero();
        assertThat(client.last(base + "/door/still")).isEmpty();

        client.publish(base + "/door/set/snapshot", "PRESS", false);
        BufferedImage image = JavaJpeg.read(still(client).payload());
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(360);
        assertThat(camera.connections()).isEqualTo(1);
    }
}
