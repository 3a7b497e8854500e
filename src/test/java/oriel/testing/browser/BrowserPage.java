package oriel.testing.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One page in a profile of its own. What waits, waits at most 20 s. Belongs to the browser's thread. */
public final class BrowserPage implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 20_000;
    private static final double PROMISE_MILLIS = 60_000;
    private static final double BETWEEN_LOOKS_MILLIS = 20;
    private static final Set<Object> NOT_TRUE = Set.of(false, 0, 0.0, "");
    private static final int MAX_ERRORS = 1000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    BrowserPage(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                note(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(this::note);
    }

    /** What Playwright offers beyond this class. */
    public Page page() {
        return page;
    }

    /** Shows {@code address}; returns when it is loaded. */
    public void go(String address) {
        page.navigate(address);
    }

    /**
     * Shows an answer below {@code base} that is no page, and from then on lets scripts do what those answers forbid: as a
     * page of that site that does nothing by itself.
     */
    public void goQuiet(String base) {
        JsonObject yes = new JsonObject();
        yes.addProperty("enabled", true);
        context.newCDPSession(page).send("Page.setBypassCSP", yes);
        page.navigate(base + "/livez");
    }

    /** The value of a JavaScript expression, or of a function (awaited if it is asynchronous); null for undefined. */
    public @Nullable Object evaluate(String script) {
        return page.evaluate(script);
    }

    /** The value of a JavaScript function of one argument; one that promises it and does not give it in time fails. */
    public @Nullable Object evaluate(String script, Object argument) {
        return page.evaluate(bounded(script), argument);
    }

    /** Waits until a JavaScript function, asynchronous or not, gives something true. */
    public void awaitTrue(String script) {
        awaitTruth(script, null);
    }

    /** Waits until a JavaScript function of one argument, asynchronous or not, gives something true. */
    public void awaitTrue(String script, Object argument) {
        awaitTruth(script, argument);
    }

    /** Saves what can be seen as {@code target/screens/<name>.png}. */
    public Path screenshot(String name) {
        Path file = Browser.screens().resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        return file;
    }

    /** Errors on the console, and those that nobody caught, so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** The number burnt into the picture that the {@code <video>} shows now; empty if it shows none, or a damaged one. */
    public OptionalLong frameNumber(String selector) {
        long number = ((Number) page.evaluate(Browser.script("frame-number.js"), selector)).longValue();
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The same of a {@code <video>} wherever it is, inside of components too. */
    public OptionalLong frameNumber(Locator video) {
        long number = ((Number) video.evaluate(Browser.script("frame-number.js"))).longValue();
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Waits until the {@code <video>} shows a burnt-in number of at least {@code number}, and gives it. */
    public long awaitFrameNumber(String selector, long number) {
        // Playwright knows no long.
        String script = "([selector, number]) => { const shown = (" + Browser.script("frame-number.js")
                + ")(selector); return shown >= number ? shown + 1 : 0; }";
        Object shown = awaitTruth(script, List.of(selector, (double) number));
        return ((Number) shown).longValue() - 1;
    }

    /** What the newest peer connection of the page reports; empty if there is none. */
    public Optional<PeerStats> peerStats() {
        return peerStats(-1);
    }

    /** The same of the peer connection made as number {@code index}. */
    public Optional<PeerStats> peerStats(int index) {
        if (!(page.evaluate(Browser.script("stats.js"), index) instanceof Map<?, ?> stats)) {
            return Optional.empty();
        }
        return Optional.of(new PeerStats(
                String.valueOf(stats.get("connectionState")),
                members(stats.get("video")),
                members(stats.get("audio"))));
    }

    /** How many peer connections the page has made. */
    public int peers() {
        return ((Number) page.evaluate("() => (globalThis.orielPeers || []).length")).intValue();
    }

    @Override
    public void close() {
        context.close();
    }

    // Playwright waits for promises for ever.
    private static String bounded(String script) {
        return "(argument) => Promise.race([(" + script.strip().replaceFirst(";$", "") + ")(argument),"
                + " new Promise((give, fail) => setTimeout(() => fail(new Error('no answer in time')), "
                + (long) PROMISE_MILLIS + "))])";
    }

    // Playwright's own waitForFunction takes the promise of an asynchronous function for true.
    private Object awaitTruth(String script, @Nullable Object argument) {
        long end = System.nanoTime() + (long) (PATIENCE_MILLIS * 1_000_000);
        while (true) {
            Object value = page.evaluate(script, argument);
            if (value != null && !NOT_TRUE.contains(value)) {
                return value;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("never true on " + page.url() + ": " + script);
            }
            page.waitForTimeout(BETWEEN_LOOKS_MILLIS);
        }
    }

    private void note(String error) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(error);
        }
    }

    private static Map<String, Object> members(@Nullable Object object) {
        Map<String, Object> members = new HashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name != null && value != null) {
                    members.put(name.toString(), value);
                }
            });
        }
        return members;
    }
}
