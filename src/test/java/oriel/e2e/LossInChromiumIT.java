package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.PeerStats;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.impair.Impairment;
import oriel.testing.impair.UdpImpairer;
import oriel.worker.DemoRequest;

/** A real browser goes on playing over bad networks. */
@Timeout(180)
class LossInChromiumIT {
    private static final int SECOND = 25;

    private static DemoFootage footage;
    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.orSkip();
        footage = DemoFootage.of(
                DemoRequest.standard().sized(1280, 736).paced(SECOND, SECOND).silent(), 10 * SECOND);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource(BadNetworks.class)
    void badNetwork_playingGoesOn_andBehindItNothingIsMissing(BadNetworks bad) throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(footage.video())).start();
                TestOriel oriel = TestOriel.start(folder, Watch.stream("door", camera.url()));
                UdpImpairer network = UdpImpairer.before(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                oriel.gateway().webrtcPort().orElseThrow()),
                        BadNetworks.SEED);
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.playThrough(network.front().getPort(), page, oriel.base(), "door");
            player.awaitPicture();
            player.awaitDecoded(SECOND);
            PeerStats before = player.stats();
            long began = System.nanoTime();
            network.impair(Impairment.NONE, bad.impairment());
            player.awaitDecoded(6L * SECOND);
            PeerStats during = player.stats();
            bad.print(
                    "Chromium",
                    began,
                    during.framesDecoded() - before.framesDecoded(),
                    during.frozenSeconds() - before.frozenSeconds(),
                    List.of(
                            network.lost() + " packets lost on the way",
                            during.nacksSent() - before.nacksSent() + " NACKs",
                            during.repeated() - before.repeated() + " repeated",
                            during.plisSent() - before.plisSent() + " key frames asked for"));

            network.impair(Impairment.NONE, Impairment.NONE);
            player.awaitDecoded(2L * SECOND);
            PeerStats healed = player.stats();
            player.awaitDecoded(2L * SECOND);
            assertThat(player.stats().packetsLost()).isLessThanOrEqualTo(healed.packetsLost());
            assertThat(player.stats().plisSent()).isEqualTo(healed.plisSent());
            assertThat(player.stats().connectionState()).isEqualTo("connected");
            player.stop();
        }
    }
}
