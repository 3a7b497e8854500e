package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserPage;

/** Oriel's page in a browser, as a person looks at it: tiles, the large player, what stands where. */
final class PageUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OPEN_PEERS =
            "() => orielPeers.filter((peer) => peer.connectionState !== 'closed').length";
    private static final String HIDE = """
            (hidden) => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              document.dispatchEvent(new Event('visibilitychange'));
            }""";
    private static final String AXE = """
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] });
              return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
            }""";

    private static final String EVERYTHING = """
            () => {
              const walk = (root) => root.innerHTML
                + [...root.querySelectorAll('*')].map((each) => each.shadowRoot ? walk(each.shadowRoot) : '').join('');
              return walk(document.documentElement);
            }""";

    private final BrowserPage page;
    private final String base;
    private final List<String> asked = new ArrayList<>();

    /** @param base the page's address, a slash behind it */
    PageUnderTest(Browser browser, String base, int width, int height) {
        this.page = browser.page(width, height);
        this.base = base;
        page.page().onRequest(request -> asked.add(request.url()));
        page.page().onWebSocket(socket -> asked.add(socket.url().replaceFirst("^ws", "http")));
    }

    Page raw() {
        return page.page();
    }

    PageUnderTest go(String hash) {
        page.go(base + hash);
        return this;
    }

    Locator tiles() {
        return raw().locator("camera-tile");
    }

    Locator tile(String name) {
        return tiles().filter(new Locator.FilterOptions()
                .setHas(raw().locator(".name").getByText(name, new Locator.GetByTextOptions().setExact(true))));
    }

    Locator player() {
        return raw().locator("camera-page oriel-player");
    }

    Locator button(String name) {
        return raw().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    void awaitState(Locator tile, String word) {
        assertThat(tile.locator(".state"))
                .hasText(word, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE.toMillis()));
    }

    void awaitText(Locator place, String text) {
        assertThat(place)
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE.toMillis()));
    }

    /** Waits until pictures of higher and higher numbers are shown in a tile or a player. */
    void awaitRisingNumber(Locator place) {
        Locator video = place.locator("video");
        long first = awaitNumber(video, 0);
        awaitNumber(video, first + 1);
    }

    private long awaitNumber(Locator video, long least) {
        long[] seen = {-1};
        await("a number of at least " + least, () -> {
            seen[0] = page.frameNumber(video).orElse(-1);
            return seen[0] >= least;
        });
        return seen[0];
    }

    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(condition);
    }

    int openPeers() {
        return ((Number) raw().evaluate(OPEN_PEERS)).intValue();
    }

    double audioEnergy() {
        return page.peerStats().map(stats -> stats.audioEnergy()).orElse(0.0);
    }

    /** Makes the page believe that its tab is hidden, or that it can be seen again. */
    void hide(boolean hidden) {
        raw().evaluate(HIDE, hidden);
    }

    /** Nothing on the console, no request but to Oriel, no sideways scrolling. */
    void assertClean() {
        assertThat(page.errors()).isEmpty();
        assertThat(asked).allSatisfy(url -> assertThat(url).startsWith(base));
        assertThat((Boolean) raw().evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("fits in the window")
                .isTrue();
    }

    void assertAccessible() throws IOException {
        try (InputStream axe = PageUnderTest.class.getResourceAsStream("/axe.min.js")) {
            assertThat(axe).isNotNull();
            raw().evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat((List<?>) raw().evaluate(AXE)).isEmpty();
    }

    /** The whole document with the insides of components, attributes too. */
    String everything() {
        return (String) raw().evaluate(EVERYTHING);
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        page.close();
    }
}
