package oriel.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that answers each line with a line. Closing it ends it. */
final class LineChild implements AutoCloseable {
    private final Process process;
    private final List<String> command;

    private LineChild(Process process, List<String> command) {
        this.process = process;
        this.command = command;
    }

    /** Starts it in {@code folder}, where its standard error goes to {@code log}, and waits for its {@code ready}. */
    static LineChild start(Path folder, List<String> command) throws IOException {
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(new File(folder.toFile(), "log"));
        LineChild child = new LineChild(builder.start(), command);
        try {
            // Its log lines may come first.
            while (!child.read().equals("ready")) {}
            return child;
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    /** The answer to a line. */
    String ask(String line) throws IOException {
        Writer writer = process.outputWriter();
        writer.write(line + "\n");
        writer.flush();
        return read();
    }

    private String read() throws IOException {
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the process has ended: " + command);
        }
        return line;
    }

    @Override
    public void close() {
        ProcessEnd.await(process);
    }
}
