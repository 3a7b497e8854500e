package oriel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.mqtt.MqttLink.Rank;
import oriel.testing.VirtualClock;
import oriel.testing.broker.ScriptedBroker;

/** The link against brokers on their bad days. */
@Timeout(60)
class BrokerTroubleTest {
    private static final byte[] REFUSED_VERSION = {0x20, 3, 0, (byte) 0x84, 0};
    private static final byte[] REFUSED_VERSION_AS_3 = {0x20, 2, 0, 1};
    private static final byte[] REFUSED_LOGIN = {0x20, 3, 0, (byte) 0x86, 0};
    private static final byte[] HANG_UP = {};
    private static final byte[] SILENCE = {0};

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new Random(3), Resolver.system());

    @Test
    void brokerWithoutMqtt5_isSpokenToBy311() throws Exception {
        for (byte[] refusal : new byte[][] {REFUSED_VERSION, REFUSED_VERSION_AS_3, HANG_UP}) {
            try (ScriptedBroker broker =
                            ScriptedBroker.start(level -> level == 5 ? refusal : ScriptedBroker.WELCOME_3, true);
                    LinkScene scene = new LinkScene()) {
                scene.to(broker.port());
                scene.retain(Rank.STATE, "state", "1");

                assertThat(broker.nextConnect()).isEqualTo(5);
                assertThat(broker.nextConnect()).isEqualTo(4);
                scene.await(status -> status.connected() && status.counters().published() == 1);
                assertThat(broker.published()).containsExactly(scene.base + "/state");
            }
        }
    }

    @Test
    void refusedLogin_isToldInWords_andTriedAgainAtMostAllTenSeconds() throws Exception {
        try (ScriptedBroker broker = ScriptedBroker.start(level -> REFUSED_LOGIN, true);
                LinkScene scene = new LinkScene(seams, () -> {})) {
            scene.to(scene.settings("127.0.0.1", broker.port(), "anna", "secret-word", false, Optional.empty()));
            broker.nextConnect();

            MqttStatus status = scene.await(now -> now.failure().isPresent());
            assertThat(status.failure().orElseThrow())
                    .contains("127.0.0.1:" + broker.port(), "anna", "oriel.mqtt.password")
                    .doesNotContain("secret-word");
            awaitWait(Duration.ofSeconds(5), Duration.ofSeconds(10));
            assertThat(broker.connectsWaiting()).isZero();
        }
    }

    @Test
    void brokerThatIsNotThere_isTriedWithGrowingWaits() throws Exception {
        int port;
        try (ScriptedBroker broker = ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, true)) {
            port = broker.port();
        }
        try (LinkScene scene = new LinkScene(seams, () -> {})) {
            scene.to(port);
            long most = 500;
            for (int i = 0; i < 6; i++) {
                awaitWait(Duration.ofMillis(most / 2), Duration.ofMillis(most));
                most = Math.min(4000, most * 2);
                clock.advance(Duration.ofMillis(most));
            }
            assertThat(scene.link.status().failure().orElseThrow()).contains("is not running", "oriel.mqtt.port");
        }
    }

    @Test
    void takenOver_waitsAMinute_andSaysWhy() throws Exception {
        try (ScriptedBroker broker = ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, true);
                LinkScene scene = new LinkScene(seams, () -> {})) {
            scene.to(broker.port());
            scene.await(MqttStatus::connected);
            broker.nextConnect();

            broker.end(ScriptedBroker.TAKEN_OVER);

            MqttStatus status = scene.await(now -> now.failure().isPresent());
            assertThat(status.failure().orElseThrow()).contains("another client with our id oriel-" + scene.base);
            awaitWait(Duration.ofSeconds(60), Duration.ofSeconds(70));
            clock.advance(Duration.ofSeconds(59));
            assertThat(broker.connectsWaiting()).isZero();
            clock.advance(Duration.ofSeconds(11));
            broker.nextConnect();
            scene.await(MqttStatus::connected);
        }
    }

    @Test
    void brokerThatNeverAcknowledges_getsSixteenMessages_andCostsNoMoreMemory() throws Exception {
        try (ScriptedBroker broker = ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, false);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            scene.await(MqttStatus::connected);
            for (int change = 0; change < 2000; change++) {
                scene.retain(Rank.STATE, "front" + change % 40 + "/state", Integer.toString(change));
            }
            for (int i = 0; i < 300; i++) {
                scene.event("event", "joined");
            }
            scene.await(status -> broker.published().size() >= Outbox.MAX_FLYING);

            MqttStatus.Counters counters = scene.link.status().counters();
            assertThat(counters.topics()).isEqualTo(40);
            assertThat(counters.waiting()).isEqualTo(40);
            assertThat(counters.published()).isZero();
            assertThat(scene.link.drops().of("mqtt-events-full")).isPositive();
            scene.link.close();
            assertThat(broker.published()).hasSizeLessThanOrEqualTo(Outbox.MAX_FLYING + 1);
            // It never acknowledged "offline", so it is asked to say the will.
            scene.await(status -> !broker.goodbyes().isEmpty());
            assertThat(broker.goodbyes()).containsExactly(4);
        }
    }

    @Test
    void brokerThatSaysNothing_isGivenUp() throws Exception {
        try (ScriptedBroker broker = ScriptedBroker.start(level -> SILENCE, true);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            broker.nextConnect();

            assertThat(scene.await(now -> now.failure().isPresent()).failure().orElseThrow())
                    .contains("does not answer");
        }
    }

    @Test
    void brokerThatGoes_isConnectedToAgain_andToldEverything() throws Exception {
        try (ScriptedBroker broker = ScriptedBroker.start(level -> ScriptedBroker.WELCOME_5, true);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            scene.retain(Rank.DISCOVERY, "config", "device");
            scene.await(status -> status.counters().published() == 1);
            assertThat(scene.hears()).isEqualTo("connected");

            broker.end(new byte[0]);
            scene.await(status ->
                    status.counters().connects() == 2 && status.counters().published() == 2);

            assertThat(scene.hears()).isEqualTo("connected");
            assertThat(broker.published()).containsExactly(scene.base + "/config", scene.base + "/config");
        }
    }

    /** Waits until the link waits for about this long. */
    private void awaitWait(Duration least, Duration most) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() - end < 0) {
            if (clock.waits().stream().anyMatch(w -> w.compareTo(least) >= 0 && w.compareTo(most) <= 0)) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("it waits for " + clock.waits());
    }
}
