package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.browser.BrowserScene;

/** How the page learns of cameras: over one line, and by asking where there is none. */
class ListPageIT extends BrowserScene {
    private static final String LIST = "/api/streams";
    private static final String LINE = "/api/oriel/events";
    private static final double PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private static long asked(PageUnderTest page, String path) {
        return page.asked().stream().filter(url -> url.contains(path)).count();
    }

    private static void awaitTiles(PageUnderTest page, int count) {
        assertThat(page.tiles()).hasCount(count, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
    }

    private void changeWhatThereIs(TestOriel oriel, PageUnderTest page) throws Exception {
        page.awaitState(page.tile("Garage"), "Offline");
        oriel.call("PUT", "/api/streams?name=Attic&src=rtsp://127.0.0.1:9/attic");
        page.awaitState(page.tile("Attic"), "Offline");
        oriel.call("DELETE", "/api/streams?src=Attic");
        awaitTiles(page, 1);
    }

    @Test
    void camerasThatComeFailAndGo_areToldOverOneLine_andNothingIsAskedFor() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {Garage: \"rtsp://127.0.0.1:9/x\"}");
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800).go("")) {
            changeWhatThereIs(oriel, page);
            assertThat(asked(page, LIST)).isZero();
            assertThat(asked(page, LINE)).isOne();
            page.assertClean();
        }
    }

    @Test
    void hiddenPage_holdsNoLine_andTheListIsNewWhenItIsSeen() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {Garage: \"rtsp://127.0.0.1:9/x\"}");
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800).go("")) {
            awaitTiles(page, 1);
            page.hide(true);
            oriel.call("PUT", "/api/streams?name=Attic&src=rtsp://127.0.0.1:9/attic");
            page.hide(false);
            awaitTiles(page, 2);
            assertThat(asked(page, LINE)).isEqualTo(2);
            assertThat(asked(page, LIST)).isZero();
        }
    }

    @Test
    void proxyThatTakesNoWebSocket_theListIsAskedFor() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "streams: {Garage: \"rtsp://127.0.0.1:9/x\"}");
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800)) {
            page.raw().routeWebSocket(url -> url.contains(LINE), WebSocketRoute::close);
            page.go("");
            changeWhatThereIs(oriel, page);
            assertThat(asked(page, LIST)).isPositive();
        }
    }

    @Test
    void lineThatBreaks_isThereAgain_andTellsAllAnew() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Consumer<WebSocketRoute> second = line -> {
            if (opened.incrementAndGet() == 1) {
                line.close();
            } else {
                line.connectToServer();
            }
        };
        try (TestOriel oriel = TestOriel.start(folder, "streams: {Garage: \"rtsp://127.0.0.1:9/x\"}");
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800)) {
            page.raw().routeWebSocket(url -> url.contains(LINE), second);
            page.go("");
            awaitTiles(page, 1);
            // Playwright tells of lines only while it is asked something.
            page.await("a second line", () -> page.tiles().count() == 1 && opened.get() == 2);
            // From here on the list cannot be asked for.
            page.raw().route(url -> url.endsWith(LIST), route -> route.abort());
            oriel.call("PUT", "/api/streams?name=Attic&src=rtsp://127.0.0.1:9/attic");
            awaitTiles(page, 2);
            assertThat(page.raw().locator(".banner")).hasCount(0);
        }
    }
}
