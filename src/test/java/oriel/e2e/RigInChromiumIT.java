package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.OrielProcess;
import oriel.testing.Proves;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.BrowserScene;
import oriel.testing.browser.PeerStats;
import oriel.testing.camera.GstreamerRig;

/** Cameras that we did not write in a browser that we did not write, and Oriel between them as the README says. */
class RigInChromiumIT extends BrowserScene {
    @TempDir
    private static Path folder;

    private static GstreamerRig rig;
    private static OrielProcess oriel;

    @BeforeAll
    static void start() throws Exception {
        rig = GstreamerRig.orSkip();
        Files.writeString(folder.resolve("cameras.yaml"), """
                api: {listen: "127.0.0.1:0"}
                webrtc: {listen: "127.0.0.1:0"}
                streams:
                  aac: %s
                  pcma: %s
                  opus: %s
                  digest: %s
                  encrypted: %s
                  pinned: %s
                  both:
                    - %s
                    - %s
                """.formatted(
                        rig.open("/h264aac"),
                        rig.open("/h264pcma"),
                        rig.open("/h264opus"),
                        rig.digest("/h264opus"),
                        rig.tls("/h264pcma").replace("rtsps:", "rtspx:"),
                        rig.tls("/h264opus"),
                        rig.open("/h264aac"),
                        rig.open("/h264pcma")));
        oriel = OrielProcess.in(folder).start("-c", "cameras.yaml");
        oriel.base();
    }

    @AfterAll
    static void stop() throws IOException {
        if (oriel != null) {
            oriel.close();
        }
        if (rig != null) {
            rig.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pcma, WEBSOCKET, audio/PCMA",
        "opus, WEBSOCKET, audio/opus",
        "opus, JSON, audio/opus",
        "digest, WHEP, audio/opus",
        "encrypted, WEBSOCKET, audio/PCMA",
        "pinned, WEBSOCKET, audio/opus",
        "both, WEBSOCKET, audio/PCMA",
    })
    @Proves({"S-014", "S-015", "S-016", "S-018", "S-019", "S-047", "S-050", "S-051", "S-053", "S-054", "S-165", "S-177"
    })
    void camera_plays_withItsSound(String stream, Door door, String sound) throws Exception {
        try (BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), stream, door);
            plays(player);
            player.awaitSound();

            assertThat(player.stats().audioCodec()).isEqualTo(sound);
            player.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"WEBSOCKET", "JSON", "WHEP"})
    @Proves({"S-014", "S-015"})
    void camera_withAacAlone_playsItsPicture_andSaysWhyThereIsNoSound(Door door) throws Exception {
        try (BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "aac", door);
            plays(player);

            assertThat(player.stats().audioPackets()).isZero();
            JsonObject stream =
                    (JsonObject) Json.parse(oriel.get("/api/streams?src=aac").body());
            assertThat(stream.array("consumers").orElseThrow().items())
                    .isNotEmpty()
                    .allSatisfy(consumer -> assertThat(
                                    ((JsonObject) consumer).string("note").orElse(""))
                            .contains("AAC", "OPUS"));
            player.stop();
        }
    }

    private static void plays(BrowserPlayer player) {
        player.awaitPicture();
        player.awaitDecoded(50);
        PeerStats stats = player.stats();
        assertThat(stats.width()).isEqualTo(640);
        assertThat(stats.height()).isEqualTo(360);
        assertThat(stats.videoCodec()).isEqualTo("video/H264");
        assertThat(stats.packetsLost()).isZero();
        assertThat(player.errors()).isEmpty();
    }
}
