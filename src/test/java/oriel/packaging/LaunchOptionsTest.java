package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compiler is told is told of methods that are there: it says nothing of others, and packets cost more. */
class LaunchOptionsTest {
    private static final Pattern OF_METHOD = Pattern.compile(
            "(?m)^-XX:CompileCommand=(?:dont)?inline,(?<type>[\\w.$]+)(?<nested>\\*?)::(?<method>\\w+)(?<more>\\*?)$");
    private static final Pattern OF_PACKAGE =
            Pattern.compile("(?m)^-XX:CompileCommand=CompileThresholdScaling,(?<folder>[\\w.]+)\\.\\*::\\*,0\\.1$");
    private static final Pattern ANY = Pattern.compile("(?m)^-XX:CompileCommand=\\w+,.*$");

    private static String options() throws Exception {
        return Manifest.text(Path.of("src/main/launch/oriel.options"));
    }

    static List<MatchResult> methods() throws Exception {
        return OF_METHOD.matcher(options()).results().toList();
    }

    static List<String> packages() throws Exception {
        return OF_PACKAGE
                .matcher(options())
                .results()
                .map(found -> found.group("folder"))
                .toList();
    }

    @Test
    void eachCommand_isOfOneOfTheKindsCheckedHere() throws Exception {
        assertThat(methods().size() + packages().size())
                .isEqualTo((int) ANY.matcher(options()).results().count())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void method_isThere(MatchResult command) throws Exception {
        Class<?> type = Class.forName(command.group("type"));
        Stream<Class<?>> types = command.group("nested").isEmpty()
                ? Stream.of(type)
                : Stream.concat(Stream.of(type), Arrays.stream(type.getNestMembers()));
        String method = command.group("method");
        boolean begins = !command.group("more").isEmpty();
        assertThat(types.flatMap(each -> Arrays.stream(each.getDeclaredMethods())))
                .anyMatch(each -> begins
                        ? each.getName().startsWith(method)
                        : each.getName().equals(method));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_isThere(String name) {
        assertThat(getClass().getClassLoader().getResource(name.replace('.', '/')))
                .isNotNull();
    }
}
