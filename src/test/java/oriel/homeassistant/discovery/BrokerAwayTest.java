package oriel.homeassistant.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.base.Failure;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.mqtt.BrokerLink;
import oriel.mqtt.MqttLink;
import oriel.mqtt.MqttSettings;
import oriel.mqtt.MqttStatus;
import oriel.stream.SourceState;
import oriel.testing.VirtualClock;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;

/** Fifty cameras that change all the time, the real link, and a broker that is there, or away for ten minutes. */
@Timeout(120)
class BrokerAwayTest {
    private static final int CAMERAS = 50;
    private static final Failure AWAY = new Failure.Timeout("10.0.0.9", Duration.ofSeconds(5));

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new Random(7), Resolver.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeDesk desk = new FakeDesk();
    private final BrokerLink link = new BrokerLink(seams, threads, new Drops());
    private final Counted counted = new Counted(link);
    private final String base = "base" + UUID.randomUUID().toString().substring(0, 8);
    private final Topics topics = new Topics(base, base + "ha", "1a2b3c4d");
    private final CameraDevices devices = new CameraDevices(
            new DeviceMessages(topics, "0.1.0"),
            desk,
            desk,
            new FakeMemory(),
            text -> text,
            new Drops(),
            seams,
            threads);

    /** Counts looks, each of which asks for the status once, at its end. */
    private static final class Counted implements MqttLink {
        private final MqttLink link;
        private long looks; // guarded by this

        Counted(MqttLink link) {
            this.link = link;
        }

        @Override
        public void retain(Rank rank, String topic, Bytes payload) {
            link.retain(rank, topic, payload);
        }

        @Override
        public void forget(String topic) {
            link.forget(topic);
        }

        @Override
        public void event(String topic, Bytes payload) {
            link.event(topic, payload);
        }

        @Override
        public void repeat() {
            link.repeat();
        }

        @Override
        public synchronized MqttStatus status() {
            looks++;
            notifyAll();
            return link.status();
        }

        synchronized long looks() {
            return looks;
        }

        synchronized void await(long count) throws InterruptedException {
            while (looks <= count) {
                wait();
            }
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        devices.close();
        link.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void pass() throws InterruptedException {
        long looks = counted.looks();
        clock.advance(CameraDevices.LOOK);
        counted.await(looks);
    }

    private MqttSettings broker() {
        return new MqttSettings(
                "127.0.0.1",
                EmbeddedBroker.shared().port(),
                "",
                Secret.of(""),
                false,
                Optional.empty(),
                "oriel_" + base,
                new MqttSettings.Will(topics.availability(), "offline"),
                topics.subscriptions());
    }

    private static boolean isUp(int look, int camera) {
        return (look + camera) % 2 == 0;
    }

    private void putCameras() {
        for (int i = 0; i < CAMERAS; i++) {
            desk.put(new Camera("cam" + i, FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        }
    }

    private void awaitSaid() {
        Awaitility.await("all is said")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        link.status().connected() && link.status().counters().waiting() == 0);
    }

    @Test
    void brokerThere_numbersThatChange200TimesASecond_areToldEveryTenSeconds_andTakeNoMoreThanTheTopics()
            throws Exception {
        int port = EmbeddedBroker.shared().port();
        putCameras();
        for (int i = 0; i < CAMERAS; i++) {
            desk.read("cam" + i, FakeDesk.live(0, 0));
        }
        link.start(devices);
        link.configure(Optional.of(broker()));
        try (RecordingClient home = RecordingClient.on(port, base + "/#")) {
            devices.start(counted);
            counted.await(0);
            awaitSaid();
            int seconds = 30;
            for (int look = 1; look <= seconds * 4; look++) {
                for (int i = 0; i < CAMERAS; i++) {
                    desk.read("cam" + i, FakeDesk.live(look * 1000L * (look + i), look));
                }
                pass();
                awaitSaid(); // So that nothing is left out but by our own rule.
                assertThat(link.status().counters().topics()).isLessThanOrEqualTo(3 + 3 * CAMERAS);
            }
            home.publish(base + "/mark", "", false);
            home.await(base + "/mark", "");
            Map<String, Long> told = home.seen().stream()
                    .filter(message -> message.topic().endsWith("/state"))
                    .collect(Collectors.groupingBy(RecordingClient.Seen::topic, Collectors.counting()));
            assertThat(told).hasSize(CAMERAS + 1);
            told.forEach((topic, count) -> assertThat(count).as(topic).isBetween(seconds / 10L, 1L + seconds / 10));
            assertThat(link.drops().snapshot()).isEmpty();
        }
    }

    @Test
    void brokerAway_tenMinutesOf200ChangesASecond_takeNoMoreThanTheTopics_andAllIsRightAtItsReturn() throws Exception {
        int port = EmbeddedBroker.shared().port();
        try (RecordingClient before = RecordingClient.on(port, new String[0])) {
            before.publish(topics.config(topics.device("ghost")), "{}", true);
            before.publish(topics.state("ghost"), "{}", true);
        }
        putCameras();
        link.start(devices);
        devices.start(counted);
        counted.await(0);
        int kept = link.status().counters().topics();

        int looks = 2400;
        for (int look = 0; look <= looks; look++) {
            for (int i = 0; i < CAMERAS; i++) {
                desk.read(
                        "cam" + i,
                        isUp(look, i) ? FakeDesk.live(look, look, "v") : FakeDesk.failing(SourceState.RETRYING, AWAY));
            }
            if (look == looks / 2) {
                desk.remove("cam" + (CAMERAS - 1)); // Gone while nobody could be told.
            }
            pass();
        }
        pass();
        assertThat(kept).isEqualTo(3 + 3 * CAMERAS);
        assertThat(link.status().counters().topics()).isLessThanOrEqualTo(kept + 4); // And four to be emptied.
        assertThat(link.status().counters().bytes()).isLessThan(kept * 8000L);

        link.configure(Optional.of(broker()));
        try (RecordingClient home = RecordingClient.on(port, new String[] {base + "/#", base + "ha/#"})) {
            for (int i = 0; i < CAMERAS - 1; i++) {
                String problem = "\"problem\":\"" + (isUp(looks, i) ? "OFF" : "ON") + "\"";
                String topic = topics.state("cam" + i);
                home.await(message ->
                        message.topic().equals(topic) && message.text().contains(problem));
                String slug = "cam" + i;
                home.await(message -> message.topic().equals(topics.config(topics.device(slug))));
            }
            home.await(topics.availability(), "online");
            home.await(topics.config(topics.device("ghost")), "");
        }
        try (RecordingClient late = RecordingClient.on(port, new String[] {base + "/#", base + "ha/#"})) {
            late.await(topics.availability(), "online");
            late.await(message -> message.topic().equals(topics.state("cam0")));
            List<String> seen =
                    late.seen().stream().map(RecordingClient.Seen::topic).toList();
            assertThat(seen).noneMatch(topic -> topic.contains("ghost") || topic.contains("cam49"));
        }
    }
}
