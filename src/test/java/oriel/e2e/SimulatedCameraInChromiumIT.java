package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.BrowserScene;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.worker.DemoRequest;

/** A simulated camera whose pictures are known, in a real browser. */
class SimulatedCameraInChromiumIT extends BrowserScene {
    private static final int SECOND = 25;
    private static final DemoRequest SMALL = DemoRequest.standard().sized(320, 180);

    /** A key frame every 2 s. */
    private static DemoFootage footage;

    /** 40 s, and one key frame at their beginning. */
    private static DemoFootage longGop;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        footage = DemoFootage.of(SMALL.paced(25, 50), 250);
        longGop = DemoFootage.of(SMALL.paced(25, 1000).silent(), 1000);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    @Proves({"S-014", "S-018", "S-050", "S-053", "S-131"})
    void camera_withDigestAndPcma_playsItsOwnPictures(Door door) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(footage.video(), footage.pcma()))
                        .user("admin", "p@ss:w/rd?#%")
                        .auth(CameraAuth.DIGEST_MD5)
                        .start();
                TestOriel oriel = TestOriel.start(folder, streams("garden", camera.url()));
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", door);
            player.awaitPicture();
            player.awaitFrameNumber(2 * SECOND);
            player.awaitSound();

            assertThat(player.stats().width()).isEqualTo(320);
            assertThat(player.stats().height()).isEqualTo(180);
            assertThat(player.stats().audioCodec()).isEqualTo("audio/PCMA");
            assertThat(player.stats().packetsLost()).isZero();
            assertThat(camera.connections()).isEqualTo(1);
        }
    }

    @Test
    @Proves({"S-128", "S-184"})
    void viewer_thatComesInTheMiddleOfALongGroup_seesItsFirstPictureFromTheCache() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(longGop.stubbornVideo()))
                        .start();
                TestOriel oriel = TestOriel.start(folder, streams("garden", camera.url()));
                BrowserPage page = browser.page();
                BrowserPage otherPage = browser.page()) {
            BrowserPlayer first = BrowserPlayer.play(page, oriel.base(), "garden", Door.WEBSOCKET, false);
            first.awaitPicture();
            long live = first.awaitFrameNumber(3 * SECOND);

            BrowserPlayer second = BrowserPlayer.play(otherPage, oriel.base(), "garden", Door.WEBSOCKET, false);
            second.awaitPicture();
            second.awaitFrameNumber(live + SECOND);

            // There was one key frame in all, before this viewer came.
            assertThat(second.stats().keyFramesDecoded()).isEqualTo(1);
            assertThat(second.stats().plisSent()).isZero();
            assertThat(second.backwards()).isZero();
            assertThat(first.stats().keyFramesDecoded()).isEqualTo(1);
            assertThat(camera.connections()).isEqualTo(1);
        }
    }

    @Test
    void camera_cutAndBack_playsOnWithoutANewOffer() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(footage.video(), footage.opus()))
                        .start();
                TestOriel oriel = TestOriel.start(folder, streams("garden", camera.url()));
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", Door.WEBSOCKET);
            player.awaitPicture();
            player.awaitFrameNumber(SECOND);

            camera.reset();
            camera.await(() -> camera.connections() >= 2 && camera.playing() == 1);
            player.awaitDecoded(2 * SECOND);
            player.awaitFrameNumber(SECOND);

            assertThat(page.peers()).isEqualTo(1);
            assertThat(player.stats().connectionState()).isEqualTo("connected");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void camera_thatIsNotThere_isToldInWords(Door door) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                TestOriel oriel = TestOriel.start(folder, streams("garden", camera.url()));
                BrowserPage page = browser.page()) {
            camera.unplug();
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", door);

            assertThat(player.problem()).contains("127.0.0.1").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void camera_withoutACommonCodec_isToldWithBothLists(Door door) throws Exception {
        byte[] set = {0x42, 0x01, 0x01};
        CameraTrack h265 = CameraTrack.h265(set, set, set, CameraFeed::byHand);
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(h265)).start();
                TestOriel oriel = TestOriel.start(folder, streams("garden", camera.url()));
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", door);

            assertThat(player.problem()).contains("H265", "H264", "VP8");
        }
    }

    private static String streams(String name, String source) {
        return "streams: {" + name + ": \"" + source + "\"}";
    }
}
