package oriel.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ConfigLoaderFuzzTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/x", "EMPTY", "");

    /** A whole file, handed in as an inline text: what does not start with a brace becomes a value of one. */
    @FuzzTest
    void load(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        List<String> arguments = text.startsWith("{")
                ? List.of(text)
                : List.of("x.y=[" + text, "streams.a=\"" + text, "log.level=" + text);
        for (String argument : arguments) {
            try {
                new ConfigLoader(Path.of("."), ENVIRONMENT)
                        .load(List.of(argument))
                        .redactions()
                        .text(text);
            } catch (ConfigException e) {
                e.lines().forEach(ConfigLoaderFuzzTest::mustBeOneLine);
            }
        }
    }

    private static void mustBeOneLine(String line) {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("breaks the line: " + line);
        }
    }
}
