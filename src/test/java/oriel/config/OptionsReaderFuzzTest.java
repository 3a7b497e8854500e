package oriel.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OptionsReaderFuzzTest {
    /** The app's options hold whatever somebody wrote there: they give a tree that the binder takes, or a problem in words. */
    @FuzzTest
    void load(byte[] data) throws IOException {
        Path file = Files.createTempFile("options", ".json");
        try {
            Files.write(file, data);
            ConfigLoader loader =
                    new ConfigLoader(Path.of("."), Map.of("SUPERVISOR_TOKEN", "x", "ORIEL_OPTIONS", file.toString()));
            loader.load(List.of()).redactions().text(new String(data, StandardCharsets.UTF_8));
        } catch (ConfigException e) {
            for (String line : e.lines()) {
                if (line.chars().anyMatch(Character::isISOControl)) {
                    throw new AssertionError("breaks the line: " + line);
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
