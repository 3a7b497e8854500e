package oriel.homeassistant.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import oriel.base.Bytes;
import oriel.base.Failure;
import oriel.catalog.CatalogException;
import oriel.media.PictureSize;
import oriel.output.still.Still;
import oriel.stream.SourceState;

/** Cameras that are as a test says, and keep what they were asked. Any thread. */
final class FakeDesk implements CameraDesk, AppDesk {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<String> asked = new ArrayList<>(); // guarded by this, as all below
    private final Map<String, Camera> cameras = new LinkedHashMap<>();
    private Optional<App> app = Optional.empty();
    private List<String> problems = List.of();
    private boolean settled = true;
    private int stillBytes = 3;

    static CameraReading reading(SourceState state) {
        return new CameraReading(
                state,
                Optional.empty(),
                Optional.of(START),
                Optional.empty(),
                "rtsp",
                Map.of(),
                0,
                0,
                Optional.empty(),
                "",
                0);
    }

    static CameraReading live(long bytes, long frames, String... viewers) {
        Map<String, String> who = new LinkedHashMap<>();
        for (String viewer : viewers) {
            who.put(viewer, "webrtc");
        }
        return new CameraReading(
                SourceState.LIVE,
                Optional.empty(),
                Optional.of(START),
                Optional.empty(),
                "rtsp",
                who,
                bytes,
                frames,
                Optional.of(new PictureSize(1920, 1080)),
                "H264, AAC",
                0);
    }

    static CameraReading failing(SourceState state, Failure failure) {
        return new CameraReading(
                state,
                Optional.of(failure),
                Optional.of(START),
                Optional.of(START.plusSeconds(5)),
                "rtsp",
                Map.of(),
                0,
                0,
                Optional.empty(),
                "",
                1);
    }

    synchronized FakeDesk put(String name) {
        return put(name, reading(SourceState.IDLE));
    }

    synchronized FakeDesk put(String name, CameraReading reading) {
        return put(new Camera(name, reading, true, false, Optional.empty(), false));
    }

    synchronized FakeDesk put(Camera camera) {
        cameras.put(camera.name(), camera);
        return this;
    }

    synchronized void change(String name, UnaryOperator<Camera> change) {
        cameras.computeIfPresent(name, (n, camera) -> change.apply(camera));
    }

    synchronized void read(String name, CameraReading reading) {
        change(
                name,
                camera -> new Camera(
                        name, reading, camera.enabled(), camera.keepAlive(), camera.probed(), camera.spared()));
    }

    synchronized void remove(String name) {
        cameras.remove(name);
    }

    synchronized void settled(boolean now) {
        settled = now;
    }

    synchronized void app(String slug, String installed, String latest) {
        app = Optional.of(new App(slug, installed, latest));
    }

    synchronized void problems(String... now) {
        problems = List.of(now);
    }

    synchronized void stillBytes(int bytes) {
        stillBytes = bytes;
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized List<Camera> cameras() {
        return List.copyOf(cameras.values());
    }

    @Override
    public synchronized boolean settled() {
        return settled;
    }

    @Override
    public synchronized void enable(String name, boolean on) {
        asked.add("enable " + name + " " + on);
        change(
                name,
                camera -> new Camera(
                        name,
                        reading(on ? SourceState.IDLE : SourceState.OFF),
                        on,
                        camera.keepAlive(),
                        camera.probed(),
                        camera.spared()));
    }

    @Override
    public synchronized void keepAlive(String name, boolean on) {
        asked.add("keepAlive " + name + " " + on);
        change(
                name,
                camera -> new Camera(name, camera.reading(), camera.enabled(), on, camera.probed(), camera.spared()));
    }

    @Override
    public synchronized void restart(String name) throws CatalogException {
        asked.add("restart " + name);
    }

    @Override
    public synchronized Optional<Still> still(String name) {
        asked.add("still " + name);
        return Optional.of(new Still(Bytes.of(new byte[stillBytes]), Duration.ofSeconds(1)));
    }

    @Override
    public synchronized List<String> problems() {
        return problems;
    }

    @Override
    public Duration takeLoopDelay() {
        return Duration.ofMillis(2);
    }

    @Override
    public synchronized Optional<App> app() {
        return app;
    }

    @Override
    public synchronized void reload() {
        asked.add("reload");
    }
}
