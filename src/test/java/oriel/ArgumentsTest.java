package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void parse_configs_areKeptInOrder() {
        assertThat(Arguments.parse(List.of())).isEqualTo(new Arguments.Run(List.of()));
        assertThat(Arguments.parse(List.of(
                        "-c",
                        "a.yaml",
                        "--config",
                        "{x: y}",
                        "-config",
                        "log.level=debug",
                        "--config=b=c.yaml",
                        "-c=-",
                        "-c",
                        "-v")))
                .isEqualTo(new Arguments.Run(List.of("a.yaml", "{x: y}", "log.level=debug", "b=c.yaml", "-", "-v")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--version", "-version"})
    void parse_version_asksForIt(String option) {
        assertThat(Arguments.parse(List.of("-c", "x", option, "--nonsense"))).isEqualTo(new Arguments.ShowVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-help"})
    void parse_help_asksForIt(String option) {
        assertThat(Arguments.parse(List.of(option))).isEqualTo(new Arguments.ShowHelp());
        assertThat(Arguments.USAGE).startsWith("Usage: oriel").contains("--config", "--version", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--daemon", "go2rtc.yaml", "", "-", "--", "-C"})
    void parse_unknownArgument_isOneLineWithTheUsage(String word) {
        assertThat(Arguments.parse(List.of("-c", "a", word)))
                .isEqualTo(new Arguments.Wrong(
                        "oriel: unknown argument " + word + ". Usage: oriel [-c CONFIG]... [-v] [-h]"));
    }

    @Test
    void parse_oddArgument_staysOneLine() {
        assertThat(Arguments.parse(List.of("-c")))
                .isEqualTo(
                        new Arguments.Wrong("oriel: -c needs a file, a text in braces, or key.path=value. Usage: oriel"
                                + " [-c CONFIG]... [-v] [-h]"));
        Arguments.Wrong wrong = (Arguments.Wrong) Arguments.parse(List.of("a\nb\u001b[2J" + "x".repeat(500)));
        assertThat(wrong.line()).startsWith("oriel: unknown argument a?b?[2J").hasSizeLessThan(200);
    }
}
