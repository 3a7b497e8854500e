package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    Path folder;

    private String news(WatchedFile file) throws IOException {
        return file.news().map(String::new).orElse("");
    }

    @Test
    void eachContent_isNewsOnce() throws Exception {
        Path path = folder.resolve("f");
        WatchedFile file = new WatchedFile(path, 100);
        assertThat(news(file)).isEmpty();
        Files.writeString(path, "one");
        assertThat(news(file)).isEqualTo("one");
        assertThat(news(file)).isEmpty();
        Files.writeString(path, "three");
        assertThat(news(file)).isEqualTo("three");
    }

    @Test
    void anotherFileUnderItsName_isNews_evenOfTheSameSizeAndTime() throws Exception {
        Path path = folder.resolve("f");
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(Files.writeString(path, "one"), time);
        WatchedFile file = new WatchedFile(path, 100);
        assertThat(news(file)).isEqualTo("one");
        Path other = Files.setLastModifiedTime(Files.writeString(folder.resolve("f.tmp"), "two"), time);
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(news(file)).isEqualTo("two");
    }

    @Test
    void awayForAWhile_isNoNews() throws Exception {
        Path path = folder.resolve("deep/f");
        WatchedFile file = new WatchedFile(path, 100);
        assertThat(news(file)).isEmpty();
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(path, "one");
        assertThat(news(file)).isEqualTo("one");
        Files.move(folder.resolve("deep"), folder.resolve("away"));
        assertThat(news(file)).isEmpty();
        Files.move(folder.resolve("away"), folder.resolve("deep"));
        assertThat(news(file)).isEmpty();
    }

    @Test
    void refused_isGivenAgainForSomeLooks() throws Exception {
        Path path = Files.writeString(folder.resolve("f"), "half");
        WatchedFile file = new WatchedFile(path, 100);
        for (int look = 0; look <= WatchedFile.LOOKS_AFTER_REFUSAL; look++) {
            assertThat(news(file)).as("look " + look).isEqualTo("half");
            file.refuse();
        }
        assertThat(news(file)).isEmpty();
        Files.writeString(path, "whole");
        assertThat(news(file)).isEqualTo("whole");
        assertThat(news(file)).isEmpty();
    }

    @Test
    void aFolder_isNoFile_aLargeFileIsRefusedInWords() throws Exception {
        assertThat(news(new WatchedFile(folder, 100))).isEmpty();
        WatchedFile file = new WatchedFile(Files.writeString(folder.resolve("f"), "12345"), 4);
        assertThatThrownBy(file::news).isInstanceOf(IOException.class).hasMessageContaining("at most 4");
        assertThatThrownBy(file::news).isInstanceOf(IOException.class);
    }
}
