package oriel.testing.browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Chromium for all tests of a class: there before what the class begins itself, and gone after it. */
@Timeout(180)
public abstract class BrowserScene {
    protected static Browser browser;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.orSkip();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }
}
