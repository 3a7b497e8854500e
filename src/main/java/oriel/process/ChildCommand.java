package oriel.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What to start, and what it may know.
 *
 * @param argv the program and its arguments, each handed over as it is; no shell ever sees them
 * @param environment variables besides those every child gets (see {@link ChildEnvironment}); never the Supervisor's token
 * @param directory where it works; default ours
 * @param input whether somebody writes to its standard input; otherwise that is empty
 * @param output where its standard output goes; default nowhere
 * @param startLimit how long it may take until {@link Child#up()} is called, else it is killed; default for ever
 */
public record ChildCommand(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> directory,
        boolean input,
        Output output,
        Optional<Duration> startLimit) {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** Where a child's standard output goes. */
    public enum Output {
        /** Nowhere. */
        NONE,
        /** To whoever reads {@link Child#output()}; somebody must. */
        PIPE,
        /** Into the lines of its error output. */
        LINES
    }

    public ChildCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new IllegalArgumentException("a command without a program");
        }
        for (String argument : argv) {
            if (argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an argument holds a NUL character");
            }
        }
        // Windows gives a batch file to cmd.exe, which is a shell.
        if (WINDOWS && argv.getFirst().toLowerCase(Locale.ROOT).matches(".*\\.(bat|cmd)[. ]*")) {
            throw new IllegalArgumentException("a batch file is a shell script: " + argv.getFirst());
        }
        ChildEnvironment.check(environment);
    }

    /** A command with nothing but its arguments. */
    public static ChildCommand of(List<String> argv) {
        return new ChildCommand(argv, Map.of(), Optional.empty(), false, Output.NONE, Optional.empty());
    }

    /** The same with one more variable. */
    public ChildCommand withVariable(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new ChildCommand(argv, more, directory, input, output, startLimit);
    }

    /** The same in another directory. */
    public ChildCommand in(Path folder) {
        return new ChildCommand(argv, environment, Optional.of(folder), input, output, startLimit);
    }

    /** The same with a standard input that somebody writes to. */
    public ChildCommand withInput() {
        return new ChildCommand(argv, environment, directory, true, output, startLimit);
    }

    /** The same with a standard output that goes there. */
    public ChildCommand withOutput(Output where) {
        return new ChildCommand(argv, environment, directory, input, where, startLimit);
    }

    /** The same with a limit for its start. */
    public ChildCommand withStartLimit(Duration limit) {
        return new ChildCommand(argv, environment, directory, input, output, Optional.of(limit));
    }

    /** The program's name, without folders; what logs and threads are called by. */
    public String name() {
        String program = argv.getFirst();
        int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
        return slash + 1 < program.length() ? program.substring(slash + 1) : program;
    }

    /** The name alone: arguments may hold cameras' passwords, variables keys. */
    @Override
    public String toString() {
        return name() + " with " + (argv.size() - 1) + " arguments";
    }
}
