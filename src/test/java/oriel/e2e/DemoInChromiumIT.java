package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.base.JsonArray;
import oriel.testing.Proves;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.DemoScene;
import oriel.testing.browser.PeerStats;

/** The built-in demo camera in a real browser, through every door. */
class DemoInChromiumIT extends DemoScene {
    private static final int SECOND = 25;

    @ParameterizedTest
    @EnumSource(Door.class)
    @Proves({"S-002", "S-010", "S-016", "S-022", "S-023", "S-084", "S-132"})
    void demo_throughEachDoor_playsPictureAndSound(Door door) throws Exception {
        try (BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "demo", door);
            player.awaitPicture();
            long number = player.awaitFrameNumber(0);
            player.awaitFrameNumber(number + 2 * SECOND);
            player.awaitSound();

            PeerStats stats = player.stats();
            assertThat(stats.width()).isEqualTo(1280);
            assertThat(stats.height()).isEqualTo(720);
            assertThat(stats.videoCodec()).isEqualTo("video/H264");
            assertThat(stats.audioCodec()).isEqualTo("audio/opus");
            assertThat(stats.keyFramesDecoded()).isPositive();
            assertThat(stats.packetsLost()).isZero();
            assertThat(stats.plisSent()).isZero();
            assertThat(player.firstFrameNumber()).isPresent();
            assertThat(player.backwards()).isZero();
            assertThat(player.errors()).isEmpty();
            player.stop();
        }
    }

    @Test
    @Proves({"S-128", "S-184"})
    void demo_twoViewers_seeTheSamePictureOfOneJob() throws Exception {
        try (BrowserPage page = browser.page();
                BrowserPage otherPage = browser.page()) {
            BrowserPlayer first = BrowserPlayer.play(page, oriel.base(), "demo", Door.WEBSOCKET);
            first.awaitPicture();
            long number = first.awaitFrameNumber(0);

            BrowserPlayer second = BrowserPlayer.play(otherPage, oriel.base(), "demo", Door.WHEP);
            second.awaitPicture();

            // It would begin at 0 if it had a job of its own.
            assertThat(second.awaitFrameNumber(number)).isGreaterThanOrEqualTo(number);
            assertThat(second.stats().plisSent()).isZero();
            assertThat(oriel.stream("demo").array("consumers").orElseThrow()).satisfies(DemoInChromiumIT::hasTwo);
            second.stop();
            first.awaitDecoded(SECOND);
            first.stop();
        }
    }

    private static void hasTwo(JsonArray consumers) {
        assertThat(consumers.items()).hasSizeGreaterThanOrEqualTo(2);
    }
}
