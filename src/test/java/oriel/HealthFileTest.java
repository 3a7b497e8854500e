package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthFileTest {
    @TempDir
    private Path temp;

    @AfterEach
    void asksForNone() {
        System.clearProperty("oriel.health");
    }

    @Test
    void file_thatNobodyAskedFor_isNone() {
        assertThat(HealthFile.named()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 127.0.0.1", "0.0.0.0, 127.0.0.1", "::, 127.0.0.1", "192.168.1.5, 192.168.1.5", "::1, ::1"})
    void file_saysWhereTheApiAnswers(String listens, String asked) throws Exception {
        Path path = temp.resolve("health");
        new HealthFile(path).write(listens, 1984);
        assertThat(path).hasContent(asked + " 1984");
    }

    @Test
    void file_ofAKilledProcess_isTakenAway() throws Exception {
        Path path = Files.writeString(temp.resolve("health"), "127.0.0.1 1\n");
        System.setProperty("oriel.health", path.toString());
        assertThat(HealthFile.named()).contains(new HealthFile(path));
        assertThat(path).doesNotExist();
    }

    @Test
    void file_thatCannotBeWritten_isNoReasonToEnd() {
        new HealthFile(temp.resolve("nowhere").resolve("health")).write("", 1984);
        assertThat(temp).isEmptyDirectory();
    }
}
