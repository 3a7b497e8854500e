package oriel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import oriel.testing.Proves;

/** {@code docs/features.md} claims nothing that no test proves. */
class LedgerTest {
    private static final Path LEDGER = Path.of("docs/features.md");
    private static final int LINES = 210;
    private static final Pattern LINE = Pattern.compile("\\| (S-\\d{3}) \\| (.+) \\| (.+) \\|");

    private static List<Matcher> lines;
    private static Set<String> proven;

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(LEDGER).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .toList();
        proven = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("oriel")) {
            if (type.getMethods().stream().anyMatch(LedgerTest::isTest)) {
                proven.addAll(ids(type));
            }
            type.getMethods().stream().filter(LedgerTest::isTest).forEach(test -> proven.addAll(ids(test)));
        }
    }

    @Test
    void ledger_holdsEveryLineOnce() {
        assertThat(lines)
                .extracting(line -> line.group(1))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                        .mapToObj("S-%03d"::formatted)
                        .toList());
    }

    @Test
    void ledger_statesAreDoneOpenOrNotApplicableWithReason() {
        assertThat(lines)
                .extracting(line -> line.group(3))
                .allMatch(state -> state.matches("done|open|not applicable: .+"));
    }

    @Test
    void ledger_doneLines_areEachNamedByATest() {
        assertThat(proven).containsAll(inState("done"));
    }

    @Test
    void tests_nameOnlyLinesThatAreThere() {
        assertThat(lines.stream().map(line -> line.group(1)).collect(Collectors.toSet()))
                .containsAll(proven);
    }

    private static Set<String> inState(String state) {
        return lines.stream()
                .filter(line -> line.group(3).equals(state))
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> ids(HasAnnotations<?> proof) {
        return proof.tryGetAnnotationOfType(Proves.class)
                .map(proves -> List.of(proves.value()))
                .orElse(List.of());
    }

    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class);
    }
}
