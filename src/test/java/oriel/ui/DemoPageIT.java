package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.browser.DemoScene;

/** The page before an Oriel that was started with no configuration: the demo camera, watched in Chromium. */
class DemoPageIT extends DemoScene {
    private static final int MAX_REQUESTS = 40;

    private static PageUnderTest open(int width) {
        return new PageUnderTest(browser, oriel.base() + "/", width, 800);
    }

    @Test
    @Proves("S-021")
    void demo_isLiveOnTheWall_andItsNumberRises() {
        try (PageUnderTest page = open(1280).go("")) {
            page.awaitState(page.tile("demo"), "Live");
            page.awaitRisingNumber(page.tile("demo"));
            assertThat(page.raw().locator("camera-wall header").innerText()).contains("1 live");
            assertThat(page.asked()).hasSizeLessThan(MAX_REQUESTS);
            page.assertClean();
        }
    }

    @Test
    void click_opensTheLargePlayer_withItsFigures() {
        try (PageUnderTest page = open(1280).go("")) {
            page.tile("demo").click();
            page.awaitRisingNumber(page.player());
            page.awaitText(page.raw().locator(".details .resolution"), "1280 × 720");
            page.awaitText(page.raw().locator(".details .codec"), "H264 + OPUS");
            page.awaitText(page.raw().locator(".details .fps"), "fps");
            page.awaitText(page.raw().locator(".details .bitrate"), "bit/s");
            page.awaitText(page.raw().locator(".details .loss"), "0 %");
            page.awaitText(page.raw().locator(".details .latency"), "ms");
            page.awaitText(
                    page.raw().locator(".details"), "half the round trip, plus the jitter buffer, plus decoding");
            page.awaitText(page.raw().locator("camera-chain"), "All well");
            page.awaitText(page.raw().locator("use-elsewhere"), oriel.base() + "/api/webrtc?src=demo");
            assertThat(page.raw().title()).isEqualTo("demo – Oriel");
            assertThat(page.openPeers()).isEqualTo(1);
            page.assertClean();
        }
    }

    @Test
    void sound_isHeardAfterAClick_andIsRememberedForTheSession() {
        try (PageUnderTest page = open(1280).go("#/camera/demo")) {
            page.awaitRisingNumber(page.player());
            Locator video = page.player().locator("video");
            assertThat((Boolean) video.evaluate("video => video.muted")).isTrue();
            page.button("Sound").click();
            page.await("the video is not muted", () -> (Boolean) video.evaluate("video => !video.muted"));
            double energy = page.audioEnergy();
            page.await("sound", () -> page.audioEnergy() > energy);
            assertThat(page.button("Sound").getAttribute("aria-pressed")).isEqualTo("true");
            page.raw().reload();
            page.await(
                    "sound after a reload",
                    () -> page.audioEnergy() > 0
                            && (Boolean) page.player().locator("video").evaluate("video => !video.muted"));
            page.assertClean();
        }
    }

    @Test
    void keyboard_reachesTileAndPlayer_andComesBack() {
        try (PageUnderTest page = open(1280).go("")) {
            page.awaitState(page.tile("demo"), "Live");
            page.raw().locator("body").focus();
            // Past the brand and the two places of the menu.
            for (int i = 0; i < 4; i++) {
                page.raw().keyboard().press("Tab");
            }
            page.raw().keyboard().press("Enter");
            page.awaitRisingNumber(page.player());
            page.player().locator(".stage").focus();
            page.raw().keyboard().press("Space");
            page.awaitState(page.raw().locator("camera-page header"), "Paused");
            page.raw().keyboard().press("Space");
            page.awaitState(page.raw().locator("camera-page header"), "Live");
            page.raw().keyboard().press("m");
            page.await("sound", () -> (Boolean) page.player().locator("video").evaluate("video => !video.muted"));
            page.raw().keyboard().press("f");
            page.await("full screen", () -> (Boolean) page.raw().evaluate("() => document.fullscreenElement !== null"));
            page.raw().keyboard().press("f");
            page.await(
                    "no full screen", () -> (Boolean) page.raw().evaluate("() => document.fullscreenElement === null"));
            page.raw().goBack();
            page.awaitState(page.tile("demo"), "Live");
            page.await(
                    "the tile has the focus again",
                    () -> page.raw()
                            .getByRole(AriaRole.LINK)
                            .filter(new Locator.FilterOptions().setHasText("demo"))
                            .evaluate("link => link.getRootNode().activeElement === link")
                            .equals(true));
            page.assertClean();
        }
    }

    @ParameterizedTest
    @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK"})
    void everyPage_isAccessible_andFits(int width, ColorScheme theme) throws Exception {
        try (PageUnderTest page = open(width)) {
            page.raw().emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(theme));
            page.go("");
            page.awaitState(page.tile("demo"), "Live");
            page.assertAccessible();
            page.assertClean();
            page.tile("demo").click();
            page.awaitText(page.raw().locator(".details .latency"), "ms");
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void gateway_thatIsAway_leavesTheListWithItsTime_andComesBack(@TempDir Path other) throws Exception {
        try (TestOriel lonely = TestOriel.start(other);
                PageUnderTest page = new PageUnderTest(browser, lonely.base() + "/", 390, 800).go("")) {
            page.awaitText(page.raw().locator("camera-wall"), "No cameras yet");
            page.assertAccessible();
            page.assertClean();
            page.raw().context().setOffline(true);
            page.awaitText(page.raw().locator("camera-wall .banner"), "Connection to Oriel lost. This list is from");
            page.awaitText(page.raw().locator("camera-wall"), "No cameras yet");
            page.raw().context().setOffline(false);
            page.await("no banner", () -> page.raw().locator(".banner").count() == 0);
        }
    }
}
