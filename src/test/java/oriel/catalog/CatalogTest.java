package oriel.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.state.StateStore;
import oriel.stream.LiveStream;
import oriel.testing.Proves;

class CatalogTest extends CatalogScene {
    @Test
    void nothingElse_isTheDemo_whichEndsWithTheFirstThatComes_andComesBackAfterTheLast() throws Exception {
        Catalog catalog = catalog("", true);
        assertThat(names()).containsExactly("demo");
        catalog.add("garden", List.of("rtsp://h/g"));
        assertThat(names()).containsExactly("garden");
        catalog.remove("garden");
        assertThat(names()).containsExactly("demo");
    }

    @Test
    void demoOff_isEmpty() throws Exception {
        catalog("", false);
        assertThat(names()).isEmpty();
    }

    @Test
    void aStreamCalledDemo_isTheOwnersOwn() throws Exception {
        Catalog catalog = catalog("", true);
        catalog.add("demo", List.of("rtsp://h/mine"));
        assertThat(streams.find("demo").orElseThrow().sourceTexts()).containsExactly("rtsp://h/mine");
        catalog.remove("demo");
        assertThat(streams.find("demo").orElseThrow().sourceTexts()).containsExactly("demo:");
    }

    @Test
    @Proves("S-190")
    void addedStreams_surviveARestart_theFilesNamesKeepTheFilesSources() throws Exception {
        Catalog first = catalog("", true);
        first.add("garden", List.of("rtsp://u:p@h/g", "ffmpeg:garden#audio=opus"));
        first.add("door", List.of("rtsp://h/added"));
        streams.remove("garden");
        streams.remove("door");
        catalog("streams: {door: rtsp://h/file}", true);
        assertThat(names()).containsExactly("door", "garden");
        assertThat(streams.find("door").orElseThrow().sourceTexts()).containsExactly("rtsp://h/file");
        assertThat(streams.find("garden").orElseThrow().sourceTexts())
                .containsExactly("rtsp://u:p@h/g", "ffmpeg:garden#audio=opus");
    }

    @Test
    void aNameOfTheFile_keepsItsSources_andIsNoError_butCannotBeDeleted() throws Exception {
        Catalog catalog = catalog("streams: {door: rtsp://h/file}", true);
        LiveStream stream = catalog.add("door", List.of("rtsp://h/other"));
        assertThat(stream.sourceTexts()).containsExactly("rtsp://h/file");
        assertThatThrownBy(() -> catalog.remove("door")).isInstanceOfSatisfying(CatalogException.class, e -> {
            assertThat(e.reason()).isEqualTo(CatalogException.Reason.IN_FILE);
            assertThat(e.sentence()).contains("door").contains("Delete it there");
        });
    }

    @Test
    void streamThatCannotBeKept_doesNotBegin() throws Exception {
        Catalog catalog = catalog("", true);
        List<String> tooMany = Collections.nCopies(StateStore.MAX_SOURCES + 1, "rtsp://h/x");
        assertThatThrownBy(() -> catalog.add("garden", tooMany))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.reason()).isEqualTo(CatalogException.Reason.FULL));
        assertThat(names()).containsExactly("demo");
    }

    @Test
    void disabledStream_isThereAndOff() throws Exception {
        catalog("streams: {door: false}", true);
        assertThat(streams.find("door").orElseThrow().disabled()).isTrue();
    }

    @Test
    void namesWithoutSense_areRefusedInWords() throws Exception {
        Catalog catalog = catalog("", true);
        for (String name : List.of("", "  ", "a\nb", "x".repeat(201))) {
            assertThatThrownBy(() -> catalog.add(name, List.of("rtsp://h/x")))
                    .isInstanceOfSatisfying(
                            CatalogException.class,
                            e -> assertThat(e.reason()).isEqualTo(CatalogException.Reason.INVALID));
        }
        assertThatThrownBy(() -> catalog.add("x", List.of())).hasMessageContaining("no source");
    }

    @Test
    void borrowedAddress_goesWithItsLastViewer_andIsNeverSaved() throws Exception {
        Catalog catalog = catalog("", true);
        Lease first = catalog.borrow("rtsp://u:secret@h/live?x=1");
        Lease second = catalog.borrow("rtsp://u:secret@h/live?x=1");
        assertThat(first.stream()).isSameAs(second.stream());
        assertThat(first.stream().name()).isEqualTo("rtsp://h/live");
        first.close();
        first.close();
        assertThat(streams.find("rtsp://h/live")).isPresent();
        second.close();
        assertThat(streams.find("rtsp://h/live")).isEmpty();
        assertThat(state().streams()).isEmpty();
    }

    @Test
    void borrowedAddressesThatDifferInTheirPasswords_areTwoStreams() throws Exception {
        Catalog catalog = catalog("", true);
        Lease one = catalog.borrow("rtsp://u:one@h/live");
        Lease two = catalog.borrow("rtsp://u:two@h/live");
        assertThat(one.stream().name()).isNotEqualTo(two.stream().name());
        assertThat(two.stream().name()).doesNotContain("two");
    }

    @Test
    void borrowedAddressOfAKnownStream_isThatStream() throws Exception {
        Catalog catalog = catalog("streams: {door: rtsp://h/file}", true);
        Lease lease = catalog.borrow("rtsp://h/file");
        assertThat(lease.stream().name()).isEqualTo("door");
        lease.close();
        assertThat(streams.find("door")).isPresent();
    }
}
