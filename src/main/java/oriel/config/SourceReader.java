package oriel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the three kinds of argument apart and reads the files among them. For one configuration and one thread. */
final class SourceReader {
    private static final Pattern SETTING = Pattern.compile("([A-Za-z0-9_]+)\\.([^=]+)=(.*)", Pattern.DOTALL);

    /** Sections whose keys are names that may hold dots: what follows the first dot is one key. */
    private static final Set<String> SECTIONS_OF_NAMES = Set.of("streams", "preload", "publish", "env");

    private final Path workingFolder;
    private final Problems problems;
    private final Consumer<Path> reads;
    private Optional<Path> file = Optional.empty();
    private final Set<Path> filesThere = new LinkedHashSet<>();
    private int placeOfFile;

    /** @param reads is told each file that is looked for */
    SourceReader(Path workingFolder, Problems problems, Consumer<Path> reads) {
        this.workingFolder = workingFolder;
        this.problems = problems;
        this.reads = reads;
    }

    /** The first file among the arguments, which is the one that may be written. */
    Optional<Path> file() {
        return file;
    }

    /** The files among the arguments that exist. */
    Set<Path> filesThere() {
        return filesThere;
    }

    /** Where among the sources {@link #file} stands, or would if it existed. */
    int placeOfFile() {
        return placeOfFile;
    }

    List<ConfigSource> read(List<String> arguments) {
        List<ConfigSource> sources = new ArrayList<>();
        if (arguments.isEmpty()) {
            Path yaml = workingFolder.resolve("go2rtc.yaml");
            Path yml = workingFolder.resolve("go2rtc.yml");
            boolean second = Files.notExists(yaml) && Files.exists(yml);
            reads.accept(second ? yaml : yml);
            readFile(second ? yml : yaml, sources);
        }
        int number = 0;
        for (String argument : arguments) {
            readArgument(argument, "argument " + ++number, sources);
        }
        return sources;
    }

    private void readArgument(String argument, String label, List<ConfigSource> sources) {
        Matcher setting = SETTING.matcher(argument);
        if (argument.startsWith("{")) {
            sources.add(new ConfigSource.Yaml(label, argument));
        } else if (setting.matches()) {
            String section = setting.group(1);
            String rest = setting.group(2);
            List<String> path = new ArrayList<>(List.of(section));
            path.addAll(SECTIONS_OF_NAMES.contains(section) ? List.of(rest) : List.of(rest.split("\\.", 32)));
            sources.add(new ConfigSource.Setting(label, path, setting.group(3)));
        } else if (!argument.isEmpty()) {
            try {
                readFile(workingFolder.resolve(argument).normalize(), sources);
            } catch (InvalidPathException e) {
                problem(label, new RuleException("is neither a file, nor text in braces, nor key.path=value", ""));
            }
        }
    }

    private void readFile(Path path, List<ConfigSource> sources) {
        String label = String.valueOf(path.getFileName());
        if (file.isEmpty()) {
            file = Optional.of(path);
            placeOfFile = sources.size();
        }
        try {
            text(path, label).ifPresent(text -> sources.add(new ConfigSource.Yaml(label, text)));
            filesThere.add(path);
        } catch (NoSuchFileException e) {
            problems.note(false, "no file " + path + ", starting without it");
        } catch (IOException e) {
            problem(
                    label,
                    new RuleException("can't be read (" + path + ")", "Check that it is a file and who may read it"));
        }
    }

    /** What stands in a file of Home Assistant's folder; its whole path is its name. */
    Optional<ConfigSource> readHome(Path path) {
        try {
            return text(path, path.toString()).map(text -> new ConfigSource.Yaml(path.toString(), text));
        } catch (IOException e) {
            problem(path.toString(), new RuleException("can't be read", "Check who may read it"));
            return Optional.empty();
        }
    }

    private Optional<String> text(Path path, String label) throws IOException {
        reads.accept(path);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(YamlReader.MAX_CHARS + 1);
            if (bytes.length > YamlReader.MAX_CHARS) {
                throw new RuleException(
                        "has more than " + YamlReader.MAX_CHARS + " bytes", "Split the streams over several files");
            }
            return decode(label, bytes);
        } catch (RuleException e) {
            problem(label, e);
            return Optional.empty();
        }
    }

    /** The text of {@code bytes} without a byte order mark; empty after a problem was told. */
    Optional<String> decode(String label, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (decoder.decode(in, out, true).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            problems.add(new ConfigProblem(label, line, "", "", "this is not UTF-8", "Save the file as UTF-8"));
            return Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private void problem(String label, RuleException rule) {
        problems.add(new ConfigProblem(label, 0, "", "", rule.rule(), rule.nextStep()));
    }
}
