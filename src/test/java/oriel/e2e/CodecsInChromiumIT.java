package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.testing.TestOriel;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.BrowserScene;
import oriel.testing.camera.Av1Footage;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.GstreamerRig;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;

/** Cameras whose coding is not H.264, from encoders that we did not write to decoders that we did not write. */
class CodecsInChromiumIT extends BrowserScene {
    private static GstreamerRig rig;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        rig = GstreamerRig.orSkip();
    }

    @AfterAll
    static void stop() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"/vp8g722, video/VP8, audio/G722", "/vp9opus, video/VP9, audio/opus"})
    void camera_plays_andIsJoinedAtItsKeyFrame(String mount, String picture, String sound) throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, Watch.stream("door", rig.open(mount)));
                BrowserPage page = browser.page();
                BrowserPage otherPage = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "door", Door.WHEP);
            player.awaitPicture();
            player.awaitDecoded(30);
            player.awaitSound();
            assertThat(player.stats().videoCodec()).isEqualTo(picture);
            assertThat(player.stats().audioCodec()).isEqualTo(sound);
            assertThat(player.stats().width()).isEqualTo(640);
            assertThat(player.stats().packetsLost()).isZero();

            BrowserPlayer late = BrowserPlayer.play(otherPage, oriel.base(), "door", Door.JSON);
            late.awaitPicture();
            late.awaitDecoded(10);
            assertThat(late.stats().plisSent()).isZero();
            player.stop();
            late.stop();
        }
    }

    @Test
    void camera_withAv1_plays() throws Exception {
        Av1Footage footage = Av1Footage.encode(50);
        assertThat(footage.frames().getFirst().payloads())
                .anySatisfy(payload -> assertThat(payload.length).isGreaterThan(1300));
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(footage.track())).start();
                TestOriel oriel = TestOriel.start(folder, Watch.stream("door", camera.url()));
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "door", Door.WEBSOCKET, false);
            player.awaitPicture();
            player.awaitDecoded(60);
            assertThat(player.stats().videoCodec()).isEqualTo("video/AV1");
            assertThat(player.stats().width()).isEqualTo(320);
            assertThat(player.stats().packetsLost()).isZero();
            player.stop();
        }
    }

    /** Debian's Chromium takes neither, so a viewer of our own does. */
    @Test
    void camera_withH265AndL16_goesToWhoOffersThem() throws Exception {
        ViewerOffer offer = ViewerOffer.of(
                ViewerOffer.Section.audio(List.of(
                        new ViewerOffer.Codec(97, "L16/16000", ""), new ViewerOffer.Codec(98, "L16/48000/2", ""))),
                ViewerOffer.Section.video(List.of(ViewerOffer.H265)));
        try (TestOriel oriel = TestOriel.start(folder, Watch.stream("door", rig.open("/h265l16")));
                RtpViewer viewer = Watch.watch(oriel, "door", offer);
                RtpViewer late = Watch.watch(oriel, "door", offer)) {
            viewer.awaitPackets("audio", 20);
            viewer.awaitPackets("video", 60);
            late.awaitPackets("video", 20);
            assertThat(viewer.answered().section("audio").codec()).isEqualTo("L16/48000/2");
            assertThat(viewer.answered().section("video").codec()).isEqualTo("H265/90000");
            // VPS first, as type 32 or in an aggregation packet of them.
            int type = late.track("video").packets().getFirst().payload()[0] >> 1 & 0x3F;
            assertThat(type).isIn(32, 48);
            assertThat(viewer.refused()).isZero();
        }
    }
}
