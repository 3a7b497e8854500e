package oriel.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Java process with Oriel's flags. Closing it ends it. */
final class JavaChild implements MeasuredProcess, AutoCloseable {
    /** The heap begins small; left alone, the JVM begins with a 64th of the machine's memory. */
    static final String SMALL_BEGINNING = "-Xms16m";

    /** As Oriel is started. */
    static final List<String> FLAGS = flags();

    private final Process process;
    private final long begunNanos;

    private static List<String> flags() {
        try (Stream<String> lines = Files.lines(Path.of("src", "main", "launch", "oriel.options"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaChild(Process process, long begunNanos) {
        this.process = process;
        this.begunNanos = begunNanos;
    }

    /**
     * Starts one in {@code folder}, where its standard error goes to {@code log}.
     *
     * @param words after the flags: a jar or a class, and its arguments
     */
    static JavaChild start(Path folder, List<String> words) throws IOException {
        return start(folder, FLAGS, words);
    }

    /** The Java that runs this. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The same with other flags. */
    static JavaChild start(Path folder, List<String> flags, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(flags);
        command.addAll(words);
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(new File(folder.toFile(), "log"));
        long begin = System.nanoTime();
        return new JavaChild(builder.start(), begin);
    }

    /** The same for a class of the bench. */
    static JavaChild start(Path folder, Class<?> type, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "-cp", Path.of("target", "test-classes").toAbsolutePath().toString()));
        words.add(type.getName());
        words.addAll(List.of(arguments));
        return start(folder, words);
    }

    long begunNanos() {
        return begunNanos;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The next line of its output. */
    String line() throws IOException {
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the process has ended: " + process);
        }
        return line;
    }

    @Override
    public void close() {
        ProcessEnd.await(process);
    }
}
