package oriel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.mqtt.MqttLink.Rank;
import oriel.testing.broker.Mosquitto;
import oriel.testing.broker.RecordingClient;

/** The link against the broker that Home Assistant runs. */
@Timeout(120)
class MosquittoIT {
    @TempDir
    Path folder;

    @Test
    void login_isUsed_andAWrongOneIsToldInWords() throws Exception {
        try (Mosquitto broker = Mosquitto.withLogin(folder, "oriel", "right-word");
                LinkScene scene = new LinkScene()) {
            scene.to(scene.settings("127.0.0.1", broker.port(), "oriel", "wrong-word", false, Optional.empty()));
            assertThat(scene.await(status -> status.failure().isPresent())
                            .failure()
                            .orElseThrow())
                    .contains("does not accept the user oriel", "oriel.mqtt.password")
                    .doesNotContain("wrong-word");

            scene.link.configure(Optional.of(
                    scene.settings("127.0.0.1", broker.port(), "oriel", "right-word", false, Optional.empty())));
            scene.retain(Rank.STATE, "front/state", "1");
            try (RecordingClient home =
                    RecordingClient.signedIn(broker.port(), "oriel", "right-word", scene.base + "/#")) {
                home.await(scene.base + "/front/state", "1");
            }
        }
    }

    @Test
    void noLogin_whereOneIsWanted_isToldInWords() throws Exception {
        try (Mosquitto broker = Mosquitto.withLogin(folder, "oriel", "right-word");
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            assertThat(scene.await(status -> status.failure().isPresent())
                            .failure()
                            .orElseThrow())
                    .contains("wants a login", "oriel.mqtt.username");
        }
    }

    @Test
    void tls_isVerified_byItsAuthorityAndName() throws Exception {
        certificate("localhost");
        try (Mosquitto broker = tlsBroker();
                LinkScene scene = new LinkScene()) {
            Optional<Path> ca = Optional.of(folder.resolve("ca.pem"));
            scene.to(scene.settings("localhost", broker.port(), "", "", true, Optional.empty()));
            assertThat(scene.await(status -> status.failure().isPresent())
                            .failure()
                            .orElseThrow())
                    .contains("shows a certificate that is not trusted", "oriel.mqtt.ca");

            scene.link.configure(Optional.of(scene.settings("127.0.0.1", broker.port(), "", "", true, ca)));
            String name = scene.await(status -> status.broker().startsWith("127")
                            && status.failure().isPresent())
                    .failure()
                    .orElseThrow();
            assertThat(name).contains("certificate", "oriel.mqtt.host");

            scene.link.configure(Optional.of(scene.settings("localhost", broker.port(), "", "", true, ca)));
            scene.retain(Rank.STATE, "front/state", "1");
            scene.await(status -> status.connected() && status.counters().published() == 1);
        }
    }

    @Test
    void tls_wantedFromAPortThatSpeaksNone_isToldInWords() throws Exception {
        try (Mosquitto broker = Mosquitto.open(folder);
                LinkScene scene = new LinkScene()) {
            scene.to(scene.settings("localhost", broker.port(), "", "", true, Optional.empty()));
            assertThat(scene.await(status -> status.failure().isPresent())
                            .failure()
                            .orElseThrow())
                    .contains("localhost:" + broker.port(), "oriel.mqtt.tls");
        }
    }

    @Test
    void none_wantedFromAPortThatSpeaksTls_isToldInWords() throws Exception {
        certificate("localhost");
        try (Mosquitto broker = tlsBroker();
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            assertThat(scene.await(status -> status.failure().isPresent())
                            .failure()
                            .orElseThrow())
                    .contains("oriel.mqtt.tls");
        }
    }

    @Test
    void killedAndStartedWithoutWhatItKept_hasEverythingAgain_andNoGhosts() throws Exception {
        try (Mosquitto broker = Mosquitto.open(folder);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            for (int i = 0; i < 50; i++) {
                scene.retain(Rank.DISCOVERY, "c" + i + "/config", "device");
                scene.retain(Rank.STATE, "c" + i + "/state", "0");
            }
            scene.await(status -> status.connected() && status.counters().waiting() == 0);

            broker.kill();
            scene.await(status -> !status.connected());
            for (int change = 0; change < 5000; change++) {
                scene.retain(Rank.STATE, "c" + change % 50 + "/state", Integer.toString(change));
            }
            scene.link.forget(scene.base + "/c7/config");
            scene.link.forget(scene.base + "/c7/state");
            assertThat(scene.link.status().counters().topics()).isEqualTo(100);
            broker.startAgain();
            scene.await(status -> status.connected() && status.counters().waiting() == 0);

            assertThat(scene.link.status().counters().topics()).isEqualTo(98);
            try (RecordingClient home = RecordingClient.on(broker.port(), scene.base + "/#")) {
                for (int i = 0; i < 50; i++) {
                    if (i != 7) {
                        home.await(scene.base + "/c" + i + "/config", "device");
                        home.await(scene.base + "/c" + i + "/state", Integer.toString(4950 + i));
                    }
                }
                assertThat(home.last(scene.base + "/c7/config")).isEmpty();
                assertThat(home.last(scene.base + "/c7/state")).isEmpty();
            }
        }
    }

    @Test
    void forgottenWhileABrokerThatKeepsWasAway_isEmptiedAtItsReturn() throws Exception {
        try (Mosquitto broker = Mosquitto.open(
                        folder,
                        "persistence true",
                        "persistence_location " + folder + "/",
                        "autosave_interval 1",
                        "autosave_on_changes true");
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            scene.retain(Rank.DISCOVERY, "gone/config", "device");
            scene.await(status -> status.connected() && status.counters().waiting() == 0);
            broker.kill();
            scene.await(status -> !status.connected());
            scene.link.forget(scene.base + "/gone/config");
            broker.startAgain();
            scene.await(status -> status.connected() && status.counters().topics() == 0);

            scene.retain(Rank.STATE, "mark", "1");
            try (RecordingClient home = RecordingClient.on(broker.port(), scene.base + "/#")) {
                home.await(scene.base + "/mark", "1");
                assertThat(home.last(scene.base + "/gone/config")).isEmpty();
            }
        }
    }

    @Test
    void frozenBroker_isNoticed_andItSaysTheWill_andIsToldAllWhenItGoesOn() throws Exception {
        try (Mosquitto broker = Mosquitto.open(folder);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            scene.retain(Rank.STATE, "front/state", "0");
            scene.await(status -> status.connected() && status.counters().waiting() == 0);
            broker.freeze(true);
            for (int change = 0; change < 20_000; change++) {
                scene.retain(Rank.STATE, "c" + change % 100 + "/state", "x".repeat(200) + change);
            }
            assertThat(scene.link.status().counters().topics()).isEqualTo(101);
            // Within the keep-alive: nobody answers the question whether it is there.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (scene.link.status().connected() && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(scene.link.status().connected()).isFalse();
            broker.freeze(false);

            scene.await(status -> status.connected() && status.counters().waiting() == 0);
            try (RecordingClient home = RecordingClient.on(broker.port(), scene.base + "/#")) {
                home.await(scene.base + "/c99/state", "x".repeat(200) + 19_999);
            }
        }
    }

    @Test
    void secondClientOfOurId_isNotFought_onceItHasComeBackAgainAndAgain() throws Exception {
        try (Mosquitto broker = Mosquitto.open(folder);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            for (int i = 0; i < BrokerWaits.MAX_SHORT - 1; i++) {
                scene.await(MqttStatus::connected);
                RecordingClient.as("oriel-" + scene.base, broker.port(), "", "").close();
                scene.await(status -> !status.connected());
            }
            scene.await(MqttStatus::connected);
            try (RecordingClient other =
                    RecordingClient.as("oriel-" + scene.base, broker.port(), "", "", scene.base + "/#")) {
                assertThat(scene.await(status ->
                                        !status.connected() && status.failure().isPresent())
                                .failure()
                                .orElseThrow())
                        .contains("another client with our id oriel-" + scene.base);
                other.publish(scene.base + "/mine", "1", false);
                other.await(scene.base + "/mine", "1");
            }
        }
    }

    @Test
    void accessList_thatForbidsToWrite_isTold_andTheRestGoesOn() throws Exception {
        Path list = folder.resolve("acl");
        Files.writeString(list, "topic read #\ntopic write +/front/#\n");
        try (Mosquitto broker = Mosquitto.open(folder, "acl_file " + list);
                LinkScene scene = new LinkScene()) {
            scene.to(broker.port());
            scene.retain(Rank.DISCOVERY, "back/config", "1");
            scene.retain(Rank.STATE, "front/state", "1");
            try (RecordingClient home = RecordingClient.on(broker.port(), scene.base + "/#")) {
                home.await(scene.base + "/front/state", "1");
            }
            MqttStatus status = scene.await(now -> now.failure().isPresent());
            assertThat(status.connected()).isTrue();
            assertThat(status.failure().orElseThrow()).contains("back/config", "access list");
        }
    }

    @Test
    void cleanEnd_saysOfflineItself_andHangsUpInOrder() throws Exception {
        try (Mosquitto broker = Mosquitto.open(folder);
                RecordingClient home = RecordingClient.on(broker.port(), "#")) {
            String base;
            try (LinkScene scene = new LinkScene().to(broker.port())) {
                base = scene.base;
                scene.retain(Rank.AVAILABILITY, "availability", "online");
                home.await(base + "/availability", "online");
            }
            home.await(base + "/availability", "offline");
            broker.awaitLine("oriel-" + base + " disconnected");
        }
    }

    private Mosquitto tlsBroker() throws IOException, InterruptedException {
        return Mosquitto.open(
                folder, "certfile " + folder.resolve("broker.pem"), "keyfile " + folder.resolve("broker.key"));
    }

    /** An authority of this test's own, and a certificate of the broker's for {@code name}. */
    private void certificate(String name) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                path("ca.key"),
                "-out",
                path("ca.pem"));
        openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                path("broker.key"),
                "-out",
                path("broker.csr"));
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:" + name + "\n");
        openssl(
                "x509",
                "-req",
                "-in",
                path("broker.csr"),
                "-CA",
                path("ca.pem"),
                "-CAkey",
                path("ca.key"),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                path("names"),
                "-out",
                path("broker.pem"));
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private static void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
