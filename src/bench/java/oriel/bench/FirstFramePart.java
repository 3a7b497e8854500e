package oriel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserPage;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;

/** From createOffer to the first decoded picture in Chromium, each viewer followed by a pair of libwebrtc peers. */
final class FirstFramePart implements BenchPart {
    // One that may open a WebSocket, by its Content-Security-Policy, and opens none by itself without a stream.
    private static final String PAGE = "/webrtc.html";
    private static final int SHORT_GROUP_SECONDS = 1;
    private static final int LONG_GROUP_SECONDS = 10;
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final long NANOS = 1_000_000_000L;

    /** So that a viewer of the long group comes neither near its beginning nor near its end. */
    private static final long MIDDLE_FROM_SECONDS = 3;

    private static final long MIDDLE_TO_SECONDS = 8;

    /** Somebody opens the page this long after a start, at the earliest. */
    private static final long REST_MILLIS = 3000;

    private final Path folder;

    FirstFramePart(Path folder) {
        this.folder = folder;
    }

    @Override
    public String id() {
        return "first-frame";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        try (Browser browser = Browser.orSkip();
                LibwebrtcPair pair = new LibwebrtcPair()) {
            pair.firstFrameMillis();
            CameraMedia small = DemoCamera.media(SHORT_GROUP_SECONDS);
            CameraMedia large = DemoCamera.media(LONG_GROUP_SECONDS);
            List<Figure> figures = new ArrayList<>();
            figures.add(first(effort, browser, pair, small));
            figures.addAll(others(effort, browser, pair, small, large));
            return Section.of(id(), figures);
        } catch (TestAbortedException e) {
            return Section.missing(id(), String.valueOf(e.getMessage()));
        }
    }

    /** The first viewer of a process. */
    private Figure first(Effort effort, Browser browser, LibwebrtcPair pair, CameraMedia media) throws Exception {
        Series series = new Series(pair);
        try (SimulatedCamera camera = DemoCamera.start(media)) {
            for (int i = 0; i < effort.viewers(); i++) {
                try (OrielProcess oriel =
                                OrielProcess.start(folder.resolve("first-" + i), stream("camera", camera.url()));
                        BrowserPage page = browser.open(oriel.base() + PAGE)) {
                    Thread.sleep(REST_MILLIS);
                    series.measure(page, "camera");
                }
            }
        }
        return series.figure("cold: first viewer of the process, camera not connected");
    }

    private List<Figure> others(
            Effort effort, Browser browser, LibwebrtcPair pair, CameraMedia small, CameraMedia large) throws Exception {
        List<SimulatedCamera> cold = new ArrayList<>();
        List<String> yaml = new ArrayList<>();
        try (SimulatedCamera near = DemoCamera.start(small);
                SimulatedCamera far = DemoCamera.start(large)) {
            yaml.add("{preload: {short: \"\", long: \"\"}}");
            yaml.add(stream("short", near.url()));
            yaml.add(stream("long", far.url()));
            for (int i = 0; i < effort.viewers(); i++) {
                cold.add(DemoCamera.start(small));
                yaml.add(stream("cold" + i, cold.getLast().url()));
            }
            try (OrielProcess oriel = OrielProcess.start(folder.resolve("others"), yaml.toArray(String[]::new));
                    BrowserPage page = browser.open(oriel.base() + PAGE)) {
                far.await(() -> far.playing() == 1);
                return others(effort, page, pair, System.nanoTime());
            }
        } finally {
            cold.forEach(SimulatedCamera::close);
        }
    }

    /** @param playing when the camera with the long group began its first one */
    private List<Figure> others(Effort effort, BrowserPage page, LibwebrtcPair pair, long playing) throws Exception {
        Series unconnected = new Series(pair);
        Series middle = new Series(pair);
        // What only a first viewer pays has a line of its own.
        new Series(pair).measure(page, "short");
        Series warm = new Series(pair);
        for (int i = 0; i < effort.viewers(); i++) {
            unconnected.measure(page, "cold" + i);
            warm.measure(page, "short");
            awaitMiddle(playing);
            middle.measure(page, "long");
        }
        return List.of(
                unconnected.figure("camera not connected, later viewers"),
                warm.figure("warm, groups of 1 s").below(100),
                middle.figure("warm, 3 to 8 s into a group of 10 s").below(100));
    }

    private static void awaitMiddle(long playing) throws InterruptedException {
        while (true) {
            long seconds = (System.nanoTime() - playing) / NANOS % LONG_GROUP_SECONDS;
            if (seconds >= MIDDLE_FROM_SECONDS && seconds < MIDDLE_TO_SECONDS) {
                return;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static String stream(String name, String url) {
        return "{streams: {" + name + ": \"" + url + "\"}}";
    }

    /** Viewers of one kind, and as many pairs. */
    private static final class Series {
        private final LibwebrtcPair pair;
        private final String script;
        private final List<Double> ours = new ArrayList<>();
        private final List<Double> pairs = new ArrayList<>();

        Series(LibwebrtcPair pair) throws IOException {
            this.pair = pair;
            try (InputStream stream = FirstFramePart.class.getResourceAsStream("first-frame.js")) {
                if (stream == null) {
                    throw new IOException("first-frame.js is missing");
                }
                script = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .replaceFirst(";$", "");
            }
        }

        void measure(BrowserPage page, String stream) throws Exception {
            if (!(page.evaluate(script, stream) instanceof Map<?, ?> steps)
                    || !(steps.get("decoded") instanceof Number millis)) {
                throw new IOException("the page has measured nothing");
            }
            ours.add(millis.doubleValue());
            pairs.add(pair.firstFrameMillis());
        }

        Figure figure(String what) {
            return Figure.of(what, "ms", Samples.of(ours), Samples.of(pairs));
        }
    }
}
