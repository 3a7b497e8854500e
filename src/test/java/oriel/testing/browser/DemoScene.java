package oriel.testing.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;

/** Chromium, and an Oriel with nothing but the demo camera, for all tests of a class. */
public abstract class DemoScene extends BrowserScene {
    @TempDir
    private static Path folder;

    protected static TestOriel oriel;

    @BeforeAll
    static void start() throws Exception {
        oriel = TestOriel.start(folder, "oriel: {demo: auto}");
    }

    @AfterAll
    static void stop() {
        if (oriel != null) {
            oriel.close();
        }
    }
}
