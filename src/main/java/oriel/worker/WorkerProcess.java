package oriel.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.process.Child;
import oriel.process.ChildCommand;
import oriel.process.Children;

/**
 * A worker's process and its connection to us: the same Java and the same classes as ours, with another main class.
 *
 * @param channel both ways, blocking
 * @param peer the process
 */
record WorkerProcess(ByteChannel channel, WorkerLink.Peer peer) {
    private static final Logger LOG = LoggerFactory.getLogger("worker");

    /** Starts workers. */
    interface Starter {
        /**
         * Starts one and waits until it has connected.
         *
         * @throws IOException if it does not, with what it said
         */
        WorkerProcess start() throws IOException, InterruptedException;
    }

    /** The one that starts real processes. */
    static Starter starter(WorkerSettings settings, Children children, RandomGenerator random) {
        return () -> start(settings, children, random);
    }

    private static WorkerProcess start(WorkerSettings settings, Children children, RandomGenerator random)
            throws IOException, InterruptedException {
        if (!settings.unpacked()) {
            PrivateFolder.open(settings.natives(), children.user());
        }
        ChildCommand command = ChildCommand.of(argv(settings))
                .withVariable("MALLOC_ARENA_MAX", "2")
                .withInput()
                .withOutput(ChildCommand.Output.LINES) // where a JVM says why it crashed
                .withStartLimit(settings.startLimit());
        try (LineDoor door = LineDoor.open(settings.temp(), random, children.user())) {
            Child child = children.start(command, line -> LOG.debug("{}", line));
            child.exit().thenRun(door::close);
            return connect(door, child);
        }
    }

    private static WorkerProcess connect(LineDoor door, Child child) throws IOException, InterruptedException {
        try (OutputStream in = child.input()) {
            in.write(door.address().lines().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has ended, and its exit, which closes the door, says why; one that lives without reading ends by its
            // limit.
            LOG.debug("the media worker takes no input: {}", e.getMessage());
        }
        try {
            SocketChannel channel = door.worker().get();
            child.up();
            return new WorkerProcess(channel, new ChildPeer(child));
        } catch (InterruptedException e) {
            child.kill("is not wanted any more");
            throw e;
        } catch (ExecutionException e) {
            child.kill("did not connect");
            throw new IOException("the media worker " + child.exit().join().text(), e);
        }
    }

    private static List<String> argv(WorkerSettings settings) {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of(
                // A small nursery: what jobs throw away is small and short-lived, and untouched heap is not resident.
                "-Xmx128m",
                "-Xms16m",
                "-Xmn8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Dstderr.encoding=UTF-8",
                "-Duser.timezone=" + ZoneId.systemDefault().getId()));
        argv.addAll(nativesOptions(settings));
        argv.addAll(settings.options());
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        return argv;
    }

    // Unpacked ones are found by name; nothing is written where they are, nor anywhere else.
    private static List<String> nativesOptions(WorkerSettings settings) {
        Path natives = settings.natives();
        return settings.unpacked()
                ? List.of("-Djava.library.path=" + natives, "-XX:ErrorFile=/dev/null")
                : List.of(
                        "-Dorg.bytedeco.javacpp.cachedir=" + natives, "-XX:ErrorFile=" + natives.resolve("crash.log"));
    }

    private record ChildPeer(Child child) implements WorkerLink.Peer {
        @Override
        public void kill(String reason) {
            child.kill(reason);
        }

        @Override
        public CompletableFuture<String> ended() {
            return child.exit().thenApply(CrashReport::text);
        }
    }
}
