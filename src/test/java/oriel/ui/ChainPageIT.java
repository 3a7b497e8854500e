package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;

/** "Why is it not playing?": what the page says of each link from the camera's name to this browser. */
class ChainPageIT extends CameraScene {
    private static final double PATIENCE_MILLIS = 30_000;

    @TempDir
    Path folder;

    private PageUnderTest open(TestOriel oriel, int width, String camera) {
        return new PageUnderTest(browser, oriel.base() + "/", width, 900).go("#/camera/" + camera);
    }

    private static void awaitLink(PageUnderTest page, int place, String mark, String text) {
        Locator link = page.raw().locator("camera-chain li").nth(place);
        assertThat(link).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(link.locator("span." + mark)).hasCount(1);
    }

    @Test
    void wrongPassword_breaksTheSignIn_andSaysWhatToDo() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(footage.video()))
                        .user("viewer", "right")
                        .auth(CameraAuth.DIGEST_MD5)
                        .start();
                TestOriel oriel = TestOriel.start(
                        folder, "streams: {Garden: \"" + camera.url().replace("right", "wr0ng") + "\"}");
                PageUnderTest page = open(oriel, 390, "Garden")) {
            awaitLink(page, 0, "ok", "Name: works");
            awaitLink(page, 1, "ok", "Network: works");
            awaitLink(page, 2, "error", "Sign-in: Wrong login");
            awaitLink(page, 3, "quiet", "Tracks: not reached");
            awaitLink(page, 4, "quiet", "Way here: not reached");
            awaitLink(page, 5, "ok", "Browser: plays H264");
            Locator chain = page.raw().locator("camera-chain");
            page.awaitText(chain, "Garden does not accept the user and password in its address.");
            page.awaitText(chain, "Correct user and password in the camera's address in the configuration.");
            page.awaitText(chain, "Next try in");
            page.assertAccessible();
            page.assertClean();
            assertThat(page.everything()).doesNotContain("wr0ng");
            page.raw()
                    .screenshot(new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Browser.screens().resolve("chain-390.png")));
            camera.password("wr0ng");
            page.button("Try now").click();
            page.awaitText(chain, "All well");
        }
    }

    @Test
    void cameraThatPlays_hasEveryLinkGood_behindAFold() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, "streams: {Garden: \"" + camera.url() + "\"}");
                PageUnderTest page = open(oriel, 1280, "Garden")) {
            page.awaitText(page.raw().locator("camera-chain"), "ms behind");
            page.raw().locator("camera-chain summary").click();
            awaitLink(page, 1, "ok", "Network: 127.0.0.1:" + camera.port());
            awaitLink(page, 2, "ok", "Sign-in: works");
            awaitLink(page, 3, "ok", "Tracks: H264");
            awaitLink(page, 4, "ok", "Way here: UDP");
            awaitLink(page, 5, "ok", "Browser: plays H264");
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void cameraThatIsSwitchedOff_saysSo_andOffersNoTry() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {Garden: false}");
                PageUnderTest page = open(oriel, 1280, "Garden")) {
            awaitLink(page, 0, "error", "Name: Switched off in the configuration");
            assertThat(page.button("Try now")).hasCount(0);
            page.assertAccessible();
        }
    }

    @Test
    void report_isCopied_withoutAddresses() throws Exception {
        try (TestOriel oriel =
                        TestOriel.start(folder, "streams: {Secret: \"rtsp://admin:hunter2@127.0.0.1:9/x?token=t0p\"}");
                PageUnderTest page = open(oriel, 1280, "Secret")) {
            awaitLink(page, 1, "error", "Network: Refuses connections");
            page.raw()
                    .evaluate("() => Object.defineProperty(navigator, 'clipboard',"
                            + " { value: { writeText: async (text) => { globalThis.copied = text; } } })");
            page.button("Copy report").click();
            page.await("copied", () -> (Boolean) page.raw().evaluate("() => 'copied' in globalThis"));
            assertThat((String) page.raw().evaluate("() => copied"))
                    .contains("Oriel: Secret", "broken network: Refuses connections", "Chrome")
                    .doesNotContain("hunter2")
                    .doesNotContain("t0p");
        }
    }
}
