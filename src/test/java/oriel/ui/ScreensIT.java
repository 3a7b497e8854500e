package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;

/** The pictures of the README: into {@code docs/img} by {@code -Dscreens=write}, else into {@code target}. */
@Timeout(180)
class ScreensIT {
    private static final int MAX_BYTES = 300_000;
    private static final String HOME = """
            streams: {Front door: "demo:", Garden: "demo:", Garage: "rtsp://127.0.0.1:9/stream", Driveway: "demo:",
              Terrace: "demo:", Living room: "demo:"}""";

    @TempDir
    Path folder;

    @Test
    void screens_showAHome_andEveryWordIsInItsPlace() throws Exception {
        try (Browser browser = Browser.orSkip();
                TestOriel oriel = TestOriel.start(folder, HOME)) {
            try (PageUnderTest page = open(browser, oriel, 1280, 720, ColorScheme.DARK)) {
                awaitHome(page.go(""));
                shoot(page, "wall-dark-1280");
            }
            try (PageUnderTest page = open(browser, oriel, 390, 844, ColorScheme.LIGHT)) {
                awaitHome(page.go(""));
                shoot(page, "wall-390");
            }
            try (PageUnderTest page = open(browser, oriel, 1280, 900, ColorScheme.LIGHT)) {
                page.go("#/camera/Front%20door");
                page.awaitRisingNumber(page.player());
                page.awaitText(page.raw().locator("camera-chain"), "ms behind");
                shoot(page, "camera-light-1280");
            }
        }
    }

    private static PageUnderTest open(Browser browser, TestOriel oriel, int width, int height, ColorScheme theme) {
        PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", width, height);
        page.raw().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        return page;
    }

    private static void awaitHome(PageUnderTest page) {
        page.awaitState(page.tile("Front door"), "Live");
        page.awaitState(page.tile("Garden"), "Live");
        page.awaitText(page.tile("Garage"), "Next try in");
        page.awaitRisingNumber(page.tile("Front door"));
    }

    private static void shoot(PageUnderTest page, String name) throws IOException {
        page.assertClean();
        Path folder = System.getProperty("screens", "").equals("write") ? Path.of("docs/img") : Browser.screens();
        Path file = Files.createDirectories(folder).resolve(name + ".png");
        page.raw().screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).isLessThan(MAX_BYTES);
    }
}
