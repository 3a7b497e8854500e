package oriel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Oriel as its users start it: the packaged jar, in a process and a folder of its own. Keeps what it says, line by line,
 * and waits for lines; what waits, waits at most 40 s. {@link #close} ends it and its children by force, if they still run.
 *
 * <pre>{@code
 * try (OrielProcess oriel = OrielProcess.in(folder).start("-c", "go2rtc.yaml")) {
 *     oriel.get("/api/streams");
 * }
 * }</pre>
 */
public final class OrielProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "oriel.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern API = Pattern.compile("\\[api\\] listen addr=.*:(\\d+)$");
    private static final Pattern PID = Pattern.compile("^pid (\\d+)$");

    private final Process process;
    private final boolean belowShell;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SpokenLines lines = new SpokenLines(PATIENCE);

    private OrielProcess(Process process, boolean belowShell) {
        this.process = process;
        this.belowShell = belowShell;
        lines.listen(process.getInputStream());
    }

    /** One that will run in {@code folder}. */
    public static Starter in(Path folder) {
        return new Starter(folder);
    }

    /** How it is started. */
    public static final class Starter {
        private final Path folder;
        private final List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        private final Map<String, String> environment = new HashMap<>();
        private boolean belowShell;
        private Optional<Path> launcher = Optional.empty();

        private Starter(Path folder) {
            this.folder = folder;
        }

        /** An option of the JVM. */
        public Starter option(String option) {
            options.add(option);
            return this;
        }

        /** Variables of its environment, such as {@code FakeHomeAssistant.environment()}. */
        public Starter environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Has a shell for its parent, which waits for it. */
        public Starter belowShell() {
            belowShell = true;
            return this;
        }

        /** Is started by this program, which knows Java, its options and the jar. */
        public Starter by(Path program) {
            launcher = Optional.of(program.toAbsolutePath());
            return this;
        }

        /** Starts it with these arguments; returns at once. */
        public OrielProcess start(String... arguments) throws IOException {
            if (!Files.exists(JAR)) {
                throw new IOException(JAR + " is not there: run this test by `mvn verify`");
            }
            List<String> command = new ArrayList<>();
            if (belowShell) {
                command.addAll(List.of("/bin/sh", "-c", "\"$0\" \"$@\" & echo pid $!; wait"));
            } else if (Files.isDirectory(Path.of("/proc"))) {
                // Who runs the tests in the background or by nohup has these signals ignored, and hands that down.
                command.addAll(List.of("env", "--default-signal=INT,HUP"));
            }
            command.addAll(launcher.map(program -> List.of(program.toString())).orElseGet(this::java));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("ORIEL_") || name.startsWith("JAVA_TOOL"));
            builder.environment().putAll(environment);
            return new OrielProcess(builder.start(), belowShell);
        }

        private List<String> java() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-jar", JAR.toString()));
            return command;
        }
    }

    /** All it has said so far. */
    public List<String> lines() {
        return lines.all();
    }

    /** Waits for a line that {@code regex} is found in, and gives it. */
    public String awaitLine(String regex) throws InterruptedException {
        return lines.await(regex);
    }

    /** Waits until the API is open, and gives its address, as in {@code http://127.0.0.1:1984}. */
    public String base() throws InterruptedException {
        Matcher matcher = API.matcher(awaitLine(API.pattern()));
        if (!matcher.find()) {
            throw new AssertionError();
        }
        return "http://127.0.0.1:" + matcher.group(1);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return call("GET", path);
    }

    /** A request without body. */
    public HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Oriel itself, also if a shell stands between. */
    public ProcessHandle handle() throws InterruptedException {
        if (!belowShell) {
            return process.toHandle();
        }
        awaitLine(PID.pattern());
        return orphan().orElseThrow(() -> new AssertionError("Oriel has ended already"));
    }

    /** What Oriel started and what still runs; waits for one at least. */
    public List<ProcessHandle> awaitChildren() throws InterruptedException {
        ProcessHandle handle = handle();
        return Awaitility.await("a child of Oriel")
                .atMost(PATIENCE)
                .until(() -> handle.children().toList(), children -> !children.isEmpty());
    }

    /** Sends a signal, as in {@code TERM}. */
    public void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(handle().pid());
        int code = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("no signal could be sent to " + pid);
        }
    }

    /** Ends the parent that {@link Starter#belowShell} gave it, without a word to Oriel. */
    public void killParent() {
        process.destroyForcibly();
    }

    /** The code it ends with; empty if it has not ended in {@code limit}. */
    public OptionalInt exitCode(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** Waits until a process has ended; whether it has. */
    public static boolean ended(ProcessHandle handle, Duration limit) throws InterruptedException {
        try {
            handle.onExit().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        orphan().ifPresent(oriel -> {
            all.addAll(oriel.descendants().toList());
            all.add(oriel);
        });
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Oriel below a shell, which may be gone; empty if Oriel is gone. */
    private Optional<ProcessHandle> orphan() {
        return belowShell
                ? lines().stream()
                        .map(PID::matcher)
                        .filter(Matcher::find)
                        .map(found -> Long.parseLong(found.group(1)))
                        .findFirst()
                        .flatMap(ProcessHandle::of)
                : Optional.empty();
    }
}
