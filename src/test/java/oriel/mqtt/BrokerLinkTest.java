package oriel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.base.Seams;
import oriel.mqtt.MqttLink.Rank;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;

/** The link against a whole broker. */
@Timeout(60)
class BrokerLinkTest {
    private final int port = EmbeddedBroker.shared().port();

    @Test
    void values_arePublishedRetainedAtQosOne_andKeptByTheBroker() throws Exception {
        try (LinkScene scene = new LinkScene()) {
            scene.to(port);
            scene.retain(Rank.STATE, "front/state", "{\"viewers\":1}");
            try (RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
                RecordingClient.Seen seen = home.await(scene.base + "/front/state", "{\"viewers\":1}");
                assertThat(seen.qos()).isEqualTo(1);
            }
            scene.await(status -> status.counters().waiting() == 0);
            try (RecordingClient late = RecordingClient.on(port, scene.base + "/#")) {
                assertThat(late.await(scene.base + "/front/state", "{\"viewers\":1}")
                                .retained())
                        .isTrue();
            }
        }
    }

    @Test
    void connect_tellsTheListenerFirst_thenAllValuesByRank_thenLiveChanges() throws Exception {
        Runnable[] onConnected = {() -> {}};
        try (LinkScene scene = new LinkScene(Seams.system(), () -> onConnected[0].run());
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            onConnected[0] = () -> scene.retain(Rank.AVAILABILITY, "availability", "online");
            scene.retain(Rank.PICTURE, "front/still", "picture");
            scene.retain(Rank.STATE, "front/state", "state");
            scene.retain(Rank.DISCOVERY, "config", "device");
            scene.to(port);

            assertThat(scene.hears()).isEqualTo("connected");
            home.await(scene.base + "/front/still", "picture");
            scene.retain(Rank.STATE, "front/state", "changed");
            home.await(scene.base + "/front/state", "changed");

            assertThat(home.seen())
                    .extracting(seen -> seen.topic().substring(scene.base.length() + 1) + "=" + seen.text())
                    .containsExactly(
                            "config=device",
                            "availability=online",
                            "front/state=state",
                            "front/still=picture",
                            "front/state=changed");
        }
    }

    @Test
    void commands_comeToTheListener_withTheirRetainFlag() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port)) {
            home.publish(scene.base + "/set/kept", "ON", true);
            scene.to(port);
            assertThat(scene.hears()).isEqualTo("connected");
            assertThat(scene.hears()).isEqualTo(scene.base + "/set/kept (kept) = ON");

            home.publish(scene.base + "/set/enabled", "OFF", false);

            assertThat(scene.hears()).isEqualTo(scene.base + "/set/enabled = OFF");
            home.publish(scene.base + "/set/kept", "", true);
        }
    }

    @Test
    void message_overTheLimit_isNotTaken_andTheLinkStays() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port)) {
            scene.to(port);
            assertThat(scene.hears()).isEqualTo("connected");

            home.publish(scene.base + "/set/huge", new byte[MqttSettings.MAX_RECEIVED + 1], false);
            home.publish(scene.base + "/set/small", "1", false);

            assertThat(scene.hears()).isEqualTo(scene.base + "/set/small = 1");
            assertThat(scene.link.status().counters().connects()).isEqualTo(1);
        }
    }

    @Test
    void manyMessages_areAllHeard() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port)) {
            scene.to(port);
            assertThat(scene.hears()).isEqualTo("connected");
            for (int i = 0; i < 300; i++) {
                home.publish(scene.base + "/set/n", Integer.toString(i), false);
            }
            for (int i = 0; i < 300; i++) {
                assertThat(scene.hears()).isEqualTo(scene.base + "/set/n = " + i);
            }
        }
    }

    @Test
    void event_isNotKeptByTheBroker() throws Exception {
        try (LinkScene scene = new LinkScene()) {
            scene.to(port);
            scene.await(MqttStatus::connected);
            scene.retain(Rank.STATE, "mark", "1");
            try (RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
                home.await(scene.base + "/mark", "1");
                scene.event("front/event/viewer", "{\"event_type\":\"joined\"}");
                assertThat(home.await(scene.base + "/front/event/viewer", "{\"event_type\":\"joined\"}")
                                .qos())
                        .isEqualTo(1);
            }
            try (RecordingClient late = RecordingClient.on(port, scene.base + "/#")) {
                late.await(scene.base + "/mark", "1");
                assertThat(late.last(scene.base + "/front/event/viewer")).isEmpty();
            }
        }
    }

    @Test
    void forget_emptiesTheTopicInTheBroker() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.retain(Rank.STATE, "gone/state", "1");
            home.await(scene.base + "/gone/state", "1");

            scene.link.forget(scene.base + "/gone/state");

            home.await(scene.base + "/gone/state", "");
            scene.await(status -> status.counters().topics() == 0);
        }
    }

    @Test
    void close_saysOfflineAndGoodbye() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.retain(Rank.AVAILABILITY, "availability", "online");
            home.await(scene.base + "/availability", "online");

            scene.link.close();

            home.await(scene.base + "/availability", "offline");
            assertThat(home.seen()).hasSize(2); // No will besides.
            assertThat(scene.link.status().connected()).isFalse();
        }
    }

    @Test
    void configure_withNothing_signsOff_andWithTheBrokerAgain_saysEverything() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.retain(Rank.AVAILABILITY, "availability", "online");
            home.await(scene.base + "/availability", "online");

            scene.link.configure(Optional.empty());
            home.await(scene.base + "/availability", "offline");
            scene.await(status -> status.broker().isEmpty());
            home.clear();
            scene.link.configure(Optional.of(scene.settings("127.0.0.1", port)));

            home.await(scene.base + "/availability", "online");
            assertThat(scene.link.status().broker()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void repeat_saysAllValuesAgain() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.retain(Rank.STATE, "front/state", "1");
            scene.retain(Rank.DISCOVERY, "config", "device");
            scene.await(status -> status.connected() && status.counters().waiting() == 0);
            home.await(scene.base + "/config", "device");
            home.await(scene.base + "/front/state", "1");
            home.clear();

            scene.link.repeat();

            home.await(scene.base + "/front/state", "1");
            assertThat(home.seen()).hasSize(2);
            assertThat(home.seen().getFirst().topic()).isEqualTo(scene.base + "/config");
        }
    }

    @Test
    void picture_ofManyBytes_arrivesWhole() throws Exception {
        byte[] picture = new byte[700_000];
        new java.util.Random(7).nextBytes(picture);
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.link.retain(Rank.PICTURE, scene.base + "/front/still", Bytes.of(picture));

            assertThat(home.await(seen -> seen.topic().endsWith("/still")).payload())
                    .isEqualTo(picture);
        }
    }

    @Test
    void topicThatMqttDoesNotKnow_isTold_andTheRestGoesOn() throws Exception {
        try (LinkScene scene = new LinkScene();
                RecordingClient home = RecordingClient.on(port, scene.base + "/#")) {
            scene.to(port);
            scene.retain(Rank.DISCOVERY, "a+b", "1");
            scene.retain(Rank.STATE, "fine", "1");

            home.await(scene.base + "/fine", "1");
            assertThat(scene.link.status().failure().orElse("")).contains("a+b");
        }
    }
}
