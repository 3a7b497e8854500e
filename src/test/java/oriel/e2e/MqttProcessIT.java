package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.OrielProcess;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.ScriptedBroker;

/** What Home Assistant hears when the process ends, in whatever way. */
@Timeout(120)
class MqttProcessIT {
    @TempDir
    private Path folder = Path.of("");

    private final int broker = EmbeddedBroker.shared().port();
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);

    private OrielProcess start() throws Exception {
        return start(broker);
    }

    private OrielProcess start(int broker) throws Exception {
        return OrielProcess.in(folder)
                .start(
                        "-c",
                        "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"},"
                                + " streams: {door: \"rtsp://127.0.0.1:1/x\"},"
                                + " oriel: {mqtt: {host: 127.0.0.1, port: " + broker + ", base: " + base
                                + ", discovery_prefix: " + base + "ha}}}");
    }

    @Test
    void terminated_saysOffline_andEndsWith0() throws Exception {
        try (RecordingClient client = RecordingClient.on(broker, new String[] {base + "/#"});
                OrielProcess oriel = start()) {
            client.await(base + "/availability", "online");
            client.await(base + "/door/availability", "online");
            oriel.signal("TERM");

            assertThat(oriel.exitCode(Duration.ofSeconds(5))).isEqualTo(OptionalInt.of(0));
            client.await(base + "/availability", "offline");
            oriel.awaitLine("signed off");
        }
    }

    @Test
    void terminated_whileTheBrokerAcknowledgesNothing_leavesItTheWill_andEndsWith0() throws Exception {
        try (ScriptedBroker deaf = ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, false);
                OrielProcess oriel = start(deaf.port())) {
            oriel.awaitLine(".*connected to 127.0.0.1:" + deaf.port() + ".*");
            Awaitility.await("messages that it does not acknowledge")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !deaf.published().isEmpty());
            oriel.signal("TERM");

            assertThat(oriel.exitCode(Duration.ofSeconds(5))).isEqualTo(OptionalInt.of(0));
            oriel.awaitLine("signed off"); // And not by the last resort.
            assertThat(deaf.goodbyes()).containsExactly(4);
            assertThat(deaf.published()).contains(base + "/availability");
        }
    }

    @Test
    void killed_theBrokerSaysOffline() throws Exception {
        try (RecordingClient client = RecordingClient.on(broker, new String[] {base + "/#"});
                OrielProcess oriel = start()) {
            client.await(base + "/availability", "online");
            oriel.signal("KILL");

            client.await(base + "/availability", "offline");
        }
    }
}
