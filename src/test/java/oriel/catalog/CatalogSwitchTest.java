package oriel.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Seams;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.state.StateStore;
import oriel.stream.SourceState;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;

/** Cameras that are switched off and on while Oriel runs. */
class CatalogSwitchTest {
    private static final String TWO = "streams: {door: rtsp://h/d, shed: false}";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private StreamRegistry streams = new StreamRegistry(Seams.system(), ManualLoop::new, threads);

    @AfterEach
    void end() {
        streams.close();
        threads.shutdownNow();
    }

    /** As after a restart: all but the data folder is new. */
    private Catalog catalog(String yaml) throws Exception {
        streams.close();
        streams = new StreamRegistry(Seams.system(), ManualLoop::new, threads);
        LoadedConfig loaded = loaded(yaml);
        Catalog catalog = new Catalog(streams, StateStore.open(folder, Seams.system()), loaded, Optional.of("demo:"));
        catalog.start();
        return catalog;
    }

    private LoadedConfig loaded(String yaml) throws Exception {
        return new ConfigLoader(folder, Map.of()).load(List.of("{" + yaml + "}"));
    }

    private SourceState state(String name) {
        return streams.state(streams.find(name).orElseThrow());
    }

    private static ImportedCamera yard() {
        return new ImportedCamera(
                "a", "Yard", List.of("rtsp://h/y"), Map.of("camera.yard", List.of("ffmpeg:rtsp://h/y")));
    }

    @Test
    void switchedOff_isOff_alsoAfterARestart_untilItIsSwitchedOn() throws Exception {
        Catalog catalog = catalog(TWO);
        assertThat(catalog.enabled("door")).isTrue();
        catalog.enable("door", false);
        assertThat(catalog.enabled("door")).isFalse();
        assertThat(state("door")).isEqualTo(SourceState.OFF);

        Catalog later = catalog(TWO);
        assertThat(state("door")).isEqualTo(SourceState.OFF);
        later.enable("door", true);
        assertThat(state("door")).isEqualTo(SourceState.IDLE);
        assertThat(streams.find("door").orElseThrow().sourceTexts()).containsExactly("rtsp://h/d");

        catalog(TWO);
        assertThat(state("door")).isEqualTo(SourceState.IDLE);
    }

    @Test
    void switchedOff_staysOff_whenItsAddressChangesInTheFile() throws Exception {
        Catalog catalog = catalog(TWO);
        catalog.enable("door", false);
        LoadedConfig changed = loaded("streams: {door: rtsp://h/other}");
        catalog.replaceFile(changed.config().streams(), changed.streamPlaces(), Optional.empty());
        assertThat(state("door")).isEqualTo(SourceState.OFF);
        catalog.enable("door", true);
        assertThat(streams.find("door").orElseThrow().sourceTexts()).containsExactly("rtsp://h/other");
    }

    @Test
    void importedCamera_isOffUnderAllItsNames_alsoWhenHomeAssistantAddsItAgain() throws Exception {
        Catalog catalog = catalog("");
        catalog.imported(List.of(yard()));
        catalog.enable("Yard", false);
        catalog.add("camera.yard", List.of("ffmpeg:rtsp://h/y"));
        assertThat(state("Yard")).isEqualTo(SourceState.OFF);
        assertThat(state("camera.yard")).isEqualTo(SourceState.OFF);

        Catalog later = catalog("");
        later.imported(List.of(yard()));
        assertThat(state("Yard")).isEqualTo(SourceState.OFF);
        assertThat(state("camera.yard")).isEqualTo(SourceState.OFF);
        later.enable("Yard", true);
        assertThat(state("Yard")).isEqualTo(SourceState.IDLE);
        assertThat(state("camera.yard")).isEqualTo(SourceState.IDLE);
    }

    @Test
    void whatTheFileDisables_isSwitchedOnThereOnly() throws Exception {
        Catalog catalog = catalog(TWO);
        assertThat(catalog.enabled("shed")).isFalse();
        catalog.enable("shed", false);
        assertThatThrownBy(() -> catalog.enable("shed", true))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("shed is false in");
        assertThatThrownBy(() -> catalog.enable("nobody", false))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("not found");
    }

    @Test
    void cameras_areTheFilesAndTheImported_neverDemoAliasesOrAdded() throws Exception {
        Catalog demo = catalog("");
        assertThat(demo.cameras()).isEmpty();
        Catalog catalog = catalog(TWO);
        catalog.imported(List.of(yard()));
        catalog.add("garden", List.of("rtsp://h/g"));
        catalog.enable("Yard", false);

        assertThat(catalog.cameras())
                .containsExactly(
                        new CameraEntry("door", List.of("rtsp://h/d"), CameraEntry.Origin.FILE, true),
                        new CameraEntry("shed", List.of(), CameraEntry.Origin.FILE, false),
                        new CameraEntry("Yard", List.of("rtsp://h/y"), CameraEntry.Origin.IMPORTED, false));
        assertThat(new CameraEntry("a", List.of("rtsp://u:word@h"), CameraEntry.Origin.FILE, true).toString())
                .doesNotContain("word");
    }

    @Test
    void listener_hearsOfImportsReloadsAndSwitches() throws Exception {
        Catalog catalog = catalog(TWO);
        AtomicInteger changes = new AtomicInteger();
        catalog.onCameras(changes::incrementAndGet);
        catalog.imported(List.of(yard()));
        assertThat(changes).hasValue(1);
        catalog.enable("Yard", false);
        assertThat(changes).hasValue(2);
        LoadedConfig other = loaded("");
        catalog.replaceFile(other.config().streams(), other.streamPlaces(), Optional.empty());
        assertThat(changes).hasValue(3);
    }

    @Test
    void restart_ofNobody_isAnError() throws Exception {
        Catalog catalog = catalog(TWO);
        catalog.restart("door");
        assertThat(state("door")).isEqualTo(SourceState.IDLE);
        assertThatThrownBy(() -> catalog.restart("nobody")).isInstanceOf(CatalogException.class);
    }
}
