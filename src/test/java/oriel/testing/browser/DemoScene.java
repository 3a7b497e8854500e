package oriel.testing.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;

/** Chromium, and an Oriel with nothing but the demo camera, for all tests of a class. */
@Timeout(180)
public abstract class DemoScene {
    @TempDir
    private static Path folder;

    protected static Browser browser;
    protected static TestOriel oriel;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.orSkip();
        oriel = TestOriel.start(folder, "oriel: {demo: auto}");
    }

    @AfterAll
    static void stop() {
        if (oriel != null) {
            oriel.close();
        }
        if (browser != null) {
            browser.close();
        }
    }
}
