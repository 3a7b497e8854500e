package oriel.testing.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.testing.Skipped;

/**
 * Debian's Chromium without a window. One a test class is enough: pages share nothing. Belongs to the thread that made it.
 *
 * <pre>{@code
 * try (Browser browser = Browser.orSkip(); BrowserPage page = browser.open(URI.create("http://127.0.0.1:1984/"))) {
 *     page.awaitTrue("() => document.querySelector('video').currentTime > 0");
 *     page.screenshot("wall");
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /** Starts Chromium, or skips the test and says aloud what is missing. */
    public static Browser orSkip() {
        Optional<Path> chromium = chromium();
        if (chromium.isEmpty()) {
            throw skipped("no Chromium here; on Debian: apt-get install chromium");
        }
        try {
            Optional<Path> driver = PlaywrightDriver.folder();
            if (driver.isEmpty()) {
                throw skipped("no Node.js here, which Playwright needs; on Debian: apt-get install nodejs");
            }
            System.setProperty("playwright.cli.dir", driver.get().toString());
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            try {
                return new Browser(
                        playwright,
                        playwright
                                .chromium()
                                .launch(new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium.get())
                                        .setArgs(FLAGS)));
            } catch (PlaywrightException e) {
                playwright.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where screenshots go. */
    public static Path screens() {
        return Path.of("target", "screens");
    }

    /** A page of its own, nothing shared with others, still empty. */
    public BrowserPage page() {
        return page(1280, 800);
    }

    /** The same with a window of this size in pixels. */
    public BrowserPage page(int width, int height) {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height));
        context.addInitScript(script("watch-peers.js"));
        context.addInitScript("globalThis.orielFrameNumber = " + script("frame-number.js"));
        return new BrowserPage(context);
    }

    /** A page that shows {@code address}; returns when it is loaded. */
    public BrowserPage open(String address) {
        BrowserPage page = page();
        page.go(address);
        return page;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    static String script(String name) {
        try (InputStream stream = Browser.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> chromium() {
        return Files.isExecutable(DEBIAN) ? Optional.of(DEBIAN) : Programs.find("chromium");
    }

    private static RuntimeException skipped(String why) {
        return Skipped.because("tests in Chromium", why);
    }
}
