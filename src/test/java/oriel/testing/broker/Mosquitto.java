package oriel.testing.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import oriel.testing.Skipped;
import oriel.testing.SpokenLines;

/** Debian's mosquitto, the broker that Home Assistant runs, in a process of its own without persistence. */
public final class Mosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private Process process;
    private final SpokenLines lines = new SpokenLines(PATIENCE);

    private Mosquitto(Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        this.process = run();
    }

    /**
     * Starts one that listens on 127.0.0.1 and takes anybody.
     *
     * @param folder a fresh one
     * @param settings further lines of its configuration
     */
    public static Mosquitto open(Path folder, String... settings) throws IOException, InterruptedException {
        return start(folder, true, settings);
    }

    /** The same where only this user may come in. */
    public static Mosquitto withLogin(Path folder, String user, String password, String... settings)
            throws IOException, InterruptedException {
        Path passwords = folder.resolve("passwords");
        Files.writeString(passwords, user + ":" + password + "\n");
        Process hashing = new ProcessBuilder("mosquitto_passwd", "-U", passwords.toString())
                .redirectErrorStream(true)
                .start();
        if (!hashing.waitFor(20, TimeUnit.SECONDS) || hashing.exitValue() != 0) {
            throw new AssertionError("mosquitto_passwd failed");
        }
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("password_file " + passwords);
        return start(folder, false, all.toArray(String[]::new));
    }

    private static Mosquitto start(Path folder, boolean anonymous, String... settings)
            throws IOException, InterruptedException {
        if (PLACES.stream().noneMatch(Files::isExecutable)) {
            throw Skipped.because("tests with mosquitto", "it is not installed: apt-get install mosquitto");
        }
        int port = EmbeddedBroker.freePort();
        List<String> config = new ArrayList<>();
        config.add("per_listener_settings false");
        config.add("persistence false");
        config.add("log_dest stderr");
        config.add("listener " + port + " 127.0.0.1");
        config.add("allow_anonymous " + anonymous);
        config.addAll(List.of(settings));
        // Started as root it becomes somebody else, who cannot read the test's files.
        config.add("user root");
        Files.write(folder.resolve("mosquitto.conf"), config);
        return new Mosquitto(folder, port);
    }

    private Process run() throws IOException, InterruptedException {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        Process started = new ProcessBuilder(
                        program.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .start();
        lines.listen(started.getInputStream());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0 && started.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return started;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        throw new AssertionError("mosquitto does not listen: " + lines.all());
    }

    /** Waits for a line that {@code regex} is found in. */
    public void awaitLine(String regex) throws InterruptedException {
        lines.await(regex);
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends it as a power cut would; what it kept is lost. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on the same port. */
    public void startAgain() throws IOException, InterruptedException {
        process = run();
    }

    /** Stops it where it stands: its sockets stay open and say nothing; or lets it go on. */
    public void freeze(boolean on) throws IOException, InterruptedException {
        new ProcessBuilder("kill", on ? "-STOP" : "-CONT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
}
