package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Seams;
import oriel.catalog.Catalog;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.state.StateStore;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(30)
class HassImportTest {
    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamRegistry streams = new StreamRegistry(Seams.system(), ManualLoop::new, threads);
    private final List<String> secrets = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<HassImport> running = Optional.empty();
    private int watchers;

    @AfterEach
    void end() throws InterruptedException {
        running.ifPresent(HassImport::close);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        streams.close();
    }

    private HassImport start(Optional<TemplateRenderer> renderer) throws Exception {
        LoadedConfig loaded = new ConfigLoader(folder, Map.of()).load(List.of("{}"));
        Catalog catalog =
                new Catalog(streams, StateStore.open(folder.resolve("data"), Seams.system()), loaded, Optional.empty());
        HassImport hass = new HassImport(
                folder.resolve("ha"),
                catalog,
                new HassAddresses(),
                Set.of("rtsp", "rtsps"),
                renderer,
                secrets::addAll,
                clock);
        catalog.start();
        hass.start(threads);
        running = Optional.of(hass);
        watchers = renderer.isPresent() ? 2 : 1;
        clock.awaitWaiting(watchers);
        return hass;
    }

    private void passes(Duration time) throws InterruptedException {
        clock.awaitWaiting(watchers);
        clock.advance(time);
        // Each has done what was due once it waits for a moment to come.
        while (clock.waits().stream().filter(Duration::isPositive).count() < watchers) {
            Thread.onSpinWait();
        }
    }

    private Path file(String name) {
        return folder.resolve("ha/.storage/" + name);
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(file(name).getParent());
        Path temporary = Files.write(file(name + ".tmp"), content);
        Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void entries(String... cameras) throws IOException {
        write("core.config_entries", HassStorage.entriesOf(cameras));
    }

    private List<String> names() {
        return streams.all().stream().map(LiveStream::name).toList();
    }

    private List<String> sources(String name) {
        return streams.find(name).orElseThrow().sourceTexts();
    }

    @Test
    void folderThatComesLater_isReadWithinTwoSeconds() throws Exception {
        HassImport hass = start(Optional.empty());
        assertThat(hass.cameras()).isEmpty();
        entries("a Door rtsp://h/a");
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactly("Door", "generic_a");
        write("core.entity_registry", HassStorage.registryOf("a camera.door"));
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactlyInAnyOrder("Door", "generic_a", "camera.door");
        assertThat(hass.cameras().orElseThrow())
                .containsExactly(new HassListing(
                        "Door",
                        Optional.of("camera.door"),
                        Optional.of("Door"),
                        Optional.of("rtsp://h/a"),
                        Optional.empty()));
    }

    @Test
    void halfWrittenFile_changesNothing_theWholeOneCounts() throws Exception {
        entries("a Door rtsp://h/a");
        start(Optional.empty());
        byte[] next = HassStorage.entriesOf("a Door rtsp://h/a", "b Yard rtsp://h/b");
        for (int length : List.of(0, 1, next.length / 2, next.length - 1)) {
            Files.write(file("core.config_entries"), Arrays.copyOf(next, length));
            passes(Duration.ofSeconds(1));
            assertThat(names()).as(length + " bytes").containsExactly("Door", "generic_a");
        }
        Files.write(file("core.config_entries"), next);
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactly("Door", "generic_a", "Yard", "generic_b");
        Files.write(
                file("core.entity_registry"), "{\"data\":{\"enti".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactly("Door", "generic_a", "Yard", "generic_b");
    }

    @Test
    void filesAway_orTheWholeFolder_changeNothing() throws Exception {
        entries("a Door rtsp://h/a");
        start(Optional.empty());
        Files.move(folder.resolve("ha"), folder.resolve("gone"));
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactly("Door", "generic_a");
        Files.move(folder.resolve("gone"), folder.resolve("ha"));
        entries("b Yard rtsp://h/b");
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactly("Yard", "generic_b");
    }

    @Test
    void onlyWhatDiffers_isTouched() throws Exception {
        entries("a Door rtsp://h/a", "b Yard rtsp://h/b", "c Shed rtsp://h/c");
        start(Optional.empty());
        LiveStream door = streams.find("Door").orElseThrow();
        LiveStream yard = streams.find("Yard").orElseThrow();
        int doorBefore = door.revision();
        int yardBefore = yard.revision();
        entries("b Yard rtsp://h/other", "a Door rtsp://h/a", "d New rtsp://h/d");
        passes(Duration.ofSeconds(1));
        assertThat(names()).containsExactlyInAnyOrder("Door", "generic_a", "Yard", "generic_b", "New", "generic_d");
        assertThat(streams.find("Door")).containsSame(door);
        assertThat(door.revision()).isEqualTo(doorBefore);
        assertThat(streams.find("Yard")).containsSame(yard);
        assertThat(yard.revision()).isNotEqualTo(yardBefore);
        assertThat(sources("generic_b")).first().isEqualTo("ffmpeg:rtsp://h/other");
    }

    @Test
    void whatCannotBeHad_isListedWithTheReason_andIsNoStream() throws Exception {
        write("core.config_entries", HassStorage.entries("2024"));
        write("core.entity_registry", HassStorage.registry("2024"));
        HassImport hass = start(Optional.empty());
        assertThat(hass.cameras().orElseThrow())
                .extracting(
                        HassListing::title,
                        HassListing::stream,
                        listing -> listing.error().orElse(""))
                .satisfiesExactly(
                        front ->
                                assertThat(front.toList()).containsExactly("Front Door", Optional.of("Front Door"), ""),
                        garden -> assertThat(garden.toList())
                                .containsExactly("Front Door", Optional.of("Front Door (2)"), ""),
                        disabled -> assertThat(disabled.toString()).contains("disabled in Home Assistant"),
                        entity -> assertThat(entity.toString()).contains("disabled in Home Assistant"),
                        nothing -> assertThat(nothing.toString()).contains("no stream source"),
                        template -> assertThat(template.toString()).contains("is a template", "may not ask"),
                        onvif -> assertThat(onvif.toString()).contains("does not speak onvif"));
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "Front Door",
                        "camera.entrance",
                        "generic_01HF0000000000000000000FRT",
                        "Front Door (2)",
                        "camera.front_door_2",
                        "generic_01HF0000000000000000000GRD");
        assertThat(secrets).contains("pass%3Aw%40rd", "p@ss:w/rd#%?ü", "templatepass", "on:vif");
    }

    @Test
    void templates_becomeStreamsWhenHomeAssistantFillsThemIn() throws Exception {
        write("core.config_entries", HassStorage.entries("2024"));
        List<Optional<String>> answers = Collections.synchronizedList(
                new ArrayList<>(List.of(Optional.empty(), Optional.of(" rtsp://u:t%21mplated@192.0.2.9/a\n"))));
        HassImport hass = start(Optional.of(template -> {
            assertThat(template).isEqualTo("rtsp://{{ states('input_text.host') }}/a");
            return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        }));
        assertThat(hass.cameras().orElseThrow().get(5).error().orElseThrow()).contains("not filled in yet");
        passes(Duration.ofSeconds(5));
        while (streams.find("Template").isEmpty()) {
            passes(Duration.ofSeconds(1));
        }
        assertThat(sources("Template")).containsExactly("rtsp://u:t!mplated@192.0.2.9/a");
        assertThat(secrets).contains("t!mplated");
        assertThat(hass.cameras().orElseThrow().get(5).error()).isEmpty();
        answers.set(0, Optional.of("exec:rm"));
        passes(Duration.ofSeconds(60));
        while (streams.find("Template").isPresent()) {
            passes(Duration.ofSeconds(1));
        }
        assertThat(hass.cameras().orElseThrow().get(5).error().orElseThrow()).contains("makes no sense");
    }

    @Test
    void addressesOfOtherKinds_areNotTaken() throws Exception {
        entries("a A exec://x/y", "b B file:///etc/passwd", "c C /dev/video0", "d D rtmp://h/a");
        HassImport hass = start(Optional.empty());
        assertThat(names()).isEmpty();
        assertThat(hass.cameras().orElseThrow())
                .allSatisfy(camera -> assertThat(camera.error()).isPresent());
    }

    @Test
    void nothing_isWrittenBelowTheFolder() throws Exception {
        entries("a Door rtsp://h/a");
        Path inside = folder.resolve("ha");
        List<String> before = tree(inside);
        start(Optional.empty());
        passes(Duration.ofSeconds(1));
        assertThat(tree(inside)).isEqualTo(before);
    }

    private static List<String> tree(Path root) throws IOException {
        List<String> tree = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                tree.add(path + " " + Files.getLastModifiedTime(path)
                        + (Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : ""));
            }
        }
        return tree;
    }
}
