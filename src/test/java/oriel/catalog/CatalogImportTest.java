package oriel.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;

/** The third layer: what Home Assistant knows, under what the file and the API say. */
class CatalogImportTest extends CatalogScene {
    private Catalog catalog(String yaml) throws Exception {
        return catalog(yaml, true);
    }

    private static ImportedCamera camera(String id, String title, String url) {
        return new ImportedCamera(id, title, List.of(url), Map.of("generic_" + id, registered(id, url)));
    }

    private static List<String> registered(String id, String url) {
        return List.of("ffmpeg:" + url, "ffmpeg:generic_" + id + "#audio=opus");
    }

    private List<String> sources(String name) {
        return streams.find(name).orElseThrow().sourceTexts();
    }

    @Test
    void cameras_areStreamsByTitleAndAlias_andEndTheDemo() throws Exception {
        Catalog catalog = catalog("");
        assertThat(names()).containsExactly("demo");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a")));
        assertThat(names()).containsExactly("Door", "generic_a");
        assertThat(sources("Door")).containsExactly("rtsp://h/a");
        assertThat(sources("generic_a")).isEqualTo(registered("a", "rtsp://h/a"));
        catalog.imported(List.of());
        assertThat(names()).containsExactly("demo");
    }

    @Test
    void aTitleThatIsTaken_getsANumber_byFileApiOrAnotherCamera() throws Exception {
        Catalog catalog = catalog("streams: {Door: rtsp://h/file}");
        catalog.add("Yard", List.of("rtsp://h/added"));
        catalog.imported(List.of(
                camera("a", "Door", "rtsp://h/a"),
                camera("b", "Yard", "rtsp://h/b"),
                camera("c", "Shed", "rtsp://h/c"),
                camera("d", "Shed", "rtsp://h/d"),
                camera("e", "generic_a", "rtsp://h/e"),
                camera("f", "generic_f", "rtsp://h/f")));
        assertThat(catalog.importedName("a")).contains("Door (2)");
        assertThat(catalog.importedName("b")).contains("Yard (2)");
        assertThat(catalog.importedName("c")).contains("Shed");
        assertThat(catalog.importedName("d")).contains("Shed (2)");
        assertThat(catalog.importedName("e")).contains("generic_a (2)");
        assertThat(catalog.importedName("f")).contains("generic_f");
        assertThat(sources("Door")).containsExactly("rtsp://h/file");
        assertThat(sources("Yard")).containsExactly("rtsp://h/added");
        assertThat(sources("generic_f")).isEqualTo(registered("f", "rtsp://h/f"));
        assertThat(catalog.aliasOf("generic_a")).contains("Door (2)");
        assertThat(catalog.aliasOf("generic_f")).isEmpty();
        assertThat(catalog.aliasOf("Shed")).isEmpty();
    }

    @Test
    void aCameraKeepsItsName_whateverComesAndGoes() throws Exception {
        Catalog catalog = catalog("");
        ImportedCamera second = camera("d", "Shed", "rtsp://h/d");
        catalog.imported(List.of(camera("c", "Shed", "rtsp://h/c"), second));
        LiveStream stream = streams.find("Shed (2)").orElseThrow();
        int revision = stream.revision();
        catalog.imported(List.of(second));
        assertThat(streams.find("Shed (2)")).containsSame(stream);
        assertThat(stream.revision()).isEqualTo(revision);
        assertThat(streams.find("Shed")).isEmpty();
        catalog.imported(List.of(camera("x", "Shed", "rtsp://h/x"), second));
        assertThat(catalog.importedName("x")).contains("Shed");
        assertThat(catalog.importedName("d")).contains("Shed (2)");
        catalog.imported(List.of(camera("d", "Hut", "rtsp://h/d")));
        assertThat(names()).containsExactlyInAnyOrder("Hut", "generic_d");
    }

    @Test
    void anAlias_isAnsweredByWhoIsAbove_andComesBack() throws Exception {
        Catalog catalog = catalog("streams: {generic_b: rtsp://h/file}");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a"), camera("b", "Yard", "rtsp://h/b")));
        assertThat(sources("generic_b")).containsExactly("rtsp://h/file");
        // Home Assistant turns the picture.
        catalog.add("generic_a", List.of("ffmpeg:rtsp://h/a#video=h264#rotate=90"));
        assertThat(sources("generic_a")).containsExactly("ffmpeg:rtsp://h/a#video=h264#rotate=90");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/new")));
        assertThat(sources("generic_a")).containsExactly("ffmpeg:rtsp://h/a#video=h264#rotate=90");
        assertThat(catalog.remove("generic_a")).isTrue();
        assertThat(sources("generic_a")).isEqualTo(registered("a", "rtsp://h/new"));
    }

    @Test
    void whatHomeAssistantAddsAnyway_isNotRemembered_soItFollowsTheCamera() throws Exception {
        Catalog catalog = catalog("");
        catalog.add("generic_a", registered("a", "rtsp://h/a"));
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a")));
        assertThat(state().streams()).isEmpty();
        LiveStream stream = catalog.add("generic_a", registered("a", "rtsp://h/a"));
        assertThat(state().streams()).isEmpty();
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/new")));
        assertThat(stream.sourceTexts()).isEqualTo(registered("a", "rtsp://h/new"));
    }

    @Test
    void aTitleThatIsAddedLater_isTheAddedOne_theCameraMovesAside() throws Exception {
        Catalog catalog = catalog("");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a")));
        catalog.add("Door", List.of("rtsp://h/mine"));
        assertThat(sources("Door")).containsExactly("rtsp://h/mine");
        assertThat(sources("Door (2)")).containsExactly("rtsp://h/a");
        assertThat(catalog.remove("Door")).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("Door (2)", "generic_a");
    }

    @Test
    void aCamera_cannotBeDeletedHere() throws Exception {
        Catalog catalog = catalog("");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a")));
        for (String name : List.of("Door", "generic_a")) {
            assertThatThrownBy(() -> catalog.remove(name)).isInstanceOfSatisfying(CatalogException.class, e -> {
                assertThat(e.reason()).isEqualTo(CatalogException.Reason.IMPORTED);
                assertThat(e.sentence()).contains("Home Assistant");
            });
        }
        assertThat(names()).containsExactly("Door", "generic_a");
    }

    @Test
    void anAddressThatIsACamera_isLentAndStays() throws Exception {
        Catalog catalog = catalog("");
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a")));
        try (Lease lease = catalog.borrow("rtsp://h/a")) {
            assertThat(lease.stream().name()).isEqualTo("Door");
        }
        assertThat(names()).containsExactly("Door", "generic_a");
    }

    @Test
    void moreThanFit_areLeftOut() throws Exception {
        Catalog catalog = catalog("");
        for (int i = 0; i < StreamRegistry.MAX_STREAMS - 3; i++) {
            streams.put("s" + i, List.of());
        }
        catalog.imported(List.of(camera("a", "Door", "rtsp://h/a"), camera("b", "Yard", "rtsp://h/b")));
        assertThat(catalog.importedName("a")).contains("Door");
        assertThat(streams.all()).hasSize(StreamRegistry.MAX_STREAMS - 1);
        assertThat(catalog.importedName("b")).isEmpty();
    }
}
