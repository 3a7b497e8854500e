package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.Proves;
import oriel.testing.Skipped;
import oriel.testing.TestOriel;
import oriel.testing.browser.Firefox;
import oriel.testing.browser.FirefoxPlayer;
import oriel.testing.camera.Av1Footage;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;

/** The browser whose engine is not Chromium's. */
@Timeout(180)
class FirefoxIT {
    /** Firefox goes to no server on a loopback address, so there must be another. */
    private static final String EVERYWHERE = "{webrtc: {listen: \":0\"}}";

    private static Firefox firefox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        if (NetworkInterface.networkInterfaces().noneMatch(FirefoxIT::leadsOut)) {
            throw Skipped.because("tests in Firefox", "no network here but loopback, where Firefox does not go");
        }
        firefox = Firefox.orSkip();
    }

    private static boolean leadsOut(NetworkInterface network) {
        try {
            return network.isUp()
                    && !network.isLoopback()
                    && network.inetAddresses().anyMatch(address -> !address.isLinkLocalAddress());
        } catch (SocketException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (firefox != null) {
            firefox.close();
        }
    }

    // Firefox takes no loopback address, so it comes by the home network's, of which nobody told us anything.
    @Test
    @Proves({"S-096"})
    void demo_plays_withSound() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "oriel: {demo: auto}", EVERYWHERE)) {
            FirefoxPlayer player = FirefoxPlayer.play(firefox, oriel.base(), "demo", true);
            player.awaitPlayed(3);
            assertThat(player.video().string("codec")).contains("video/H264");
            assertThat(player.video().integer("frameWidth")).hasValue(1280);
            assertThat(player.video().integer("packetsLost")).hasValue(0);
            assertThat(player.audio().string("codec")).contains("audio/opus");
            assertThat(player.audio().integer("packetsReceived").orElse(0)).isPositive();
            player.stop();
        }
    }

    @Test
    void camera_withAv1_plays() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(
                                CameraMedia.of(Av1Footage.encode(50).track()))
                        .start();
                TestOriel oriel = TestOriel.start(folder, Watch.stream("door", camera.url()), EVERYWHERE)) {
            FirefoxPlayer player = FirefoxPlayer.play(firefox, oriel.base(), "door", false);
            player.awaitPlayed(3);
            assertThat(player.video().string("codec")).contains("video/AV1");
            assertThat(player.video().integer("frameWidth")).hasValue(320);
            assertThat(player.video().integer("packetsLost")).hasValue(0);
            player.stop();
        }
    }
}
