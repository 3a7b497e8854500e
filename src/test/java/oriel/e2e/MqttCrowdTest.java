package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.stream.Hold;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;

/** Fifty cameras of the real hub that try anew all the time, told to a real broker. */
class MqttCrowdTest extends ViewerScene {
    private static final int CAMERAS = 50;
    private static final int ROUNDS = 20;
    private static final int KEPT = 3 + 3 * CAMERAS; // Of Oriel and of each: announcement, availability, state.

    private final int broker = EmbeddedBroker.shared().port();
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);

    private static long topics(TestOriel oriel) throws Exception {
        JsonObject limits =
                (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        return limits.array("limits").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .filter(limit -> limit.string("name").orElse("").equals("mqtt.topics"))
                .findFirst()
                .flatMap(limit -> limit.integer("filled").stream().boxed().findFirst())
                .orElseThrow();
    }

    @Test
    void hundredsOfChangesASecond_takeNoMoreThanTheTopics_andAllIsRightBehindThem() throws Exception {
        RecordingClient client = keep(RecordingClient.on(broker, base + "/#"));
        List<String> names =
                IntStream.range(0, CAMERAS).mapToObj(i -> "cam" + i).toList();
        String streams = names.stream()
                .map(name -> name + ": \"rtsp://127.0.0.1:1/" + name + "\"")
                .collect(Collectors.joining(", ", "{streams: {", "}}"));
        TestOriel oriel = keep(TestOriel.start(
                folder,
                streams,
                "{oriel: {mqtt: {host: 127.0.0.1, port: " + broker + ", base: " + base + ", discovery_prefix: " + base
                        + "ha}, probe: {off: " + names + "}}}"));
        for (String name : names) {
            client.await(base + "/" + name + "/availability", "online");
        }
        assertThat(topics(oriel)).isEqualTo(KEPT);

        StreamRegistry hub = oriel.gateway().streams();
        List<Hold> holds = new ArrayList<>();
        List<LiveStream> all =
                names.stream().map(name -> hub.find(name).orElseThrow()).toList();
        all.forEach(stream -> holds.add(hub.holdFirst(stream).orElseThrow()));
        for (int round = 0; round < ROUNDS; round++) {
            all.forEach(hub::restart);
            assertThat(topics(oriel)).isLessThanOrEqualTo(KEPT);
        }
        for (String name : names) {
            Awaitility.await(name)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> client.last(base + "/" + name + "/state")
                            .filter(last -> last.text().startsWith("{\"connectivity\":\"OFF\",\"problem\":\"ON\""))
                            .isPresent());
        }
        holds.forEach(Hold::close);
        assertThat(topics(oriel)).isEqualTo(KEPT);
    }
}
