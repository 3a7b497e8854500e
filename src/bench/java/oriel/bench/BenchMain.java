package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oriel.BuildInfo;

/**
 * Measures and reports. Words: {@code full} or {@code short}, or {@code report} to write the report of the last run anew;
 * then the ids of parts, if not all of them are wanted.
 */
public final class BenchMain {
    private static final Path FOLDER = Path.of("target", "bench");
    private static final Path RESULTS = FOLDER.resolve("results.json");
    private static final Path TEMPLATE = Path.of("src", "bench", "README.template.md");
    private static final Path REPORT = Path.of("docs", "bench", "README.md");
    private static final Path TRIAL = FOLDER.resolve("README.md");

    private BenchMain() {}

    public static void main(String[] words) throws Exception {
        List<String> wanted = List.of(words).subList(1, words.length);
        if (!words[0].equals("report")) {
            Effort effort = words[0].equals("full") ? Effort.FULL : Effort.SHORT;
            measure(effort, wanted);
        }
        Path report = words[0].equals("short") || !wanted.isEmpty() ? TRIAL : REPORT;
        BenchReport.write(TEMPLATE, RESULTS, report);
        say("written: " + report);
        // Not by exit: threads of the yardstick's libwebrtc complain about that.
        Runtime.getRuntime().halt(0);
    }

    private static void measure(Effort effort, List<String> wanted) throws Exception {
        Path work = FOLDER.resolve("work").toAbsolutePath();
        clear(work);
        Map<String, String> facts = Machine.facts(
                effort == Effort.FULL ? "mvn -Pbench verify" : "mvn -Pbench verify -Dbench=short",
                BuildInfo.load().revision());
        List<Section> sections = new ArrayList<>();
        for (BenchPart part : parts(work)) {
            if (wanted.isEmpty() || wanted.contains(part.id())) {
                say(part.id() + " ...");
                long begin = System.nanoTime();
                sections.add(part.measure(effort));
                say(part.id() + ": " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
            }
        }
        Results.write(RESULTS, facts, sections);
    }

    private static List<BenchPart> parts(Path work) {
        return List.of(
                new StartPart(work),
                new TransitPart(work),
                new FirstFramePart(work),
                new StillsPart(work),
                new PacketPart(),
                new LanePart(work),
                new ViewersPart(work),
                new MemoryPart(work),
                new JoinsPart(work),
                new PausesPart(work));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    @SuppressWarnings("SystemOut") // A command line tool.
    static void say(String line) {
        System.out.println("[bench] " + line);
    }
}
