package oriel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.api.RouteTable;
import oriel.base.Seams;
import oriel.config.ConfigException;
import oriel.config.ConfigLoader;
import oriel.config.ConfigNote;
import oriel.config.ConfigPlaces;
import oriel.config.LoadedConfig;
import oriel.metrics.Drops;

/** Starts Oriel: configuration, gateway, HTTP; waits for the end, and ends in order. */
public final class Main {
    private static final int OK = 0;
    private static final int WRONG_USE = 2;
    private static final Duration LAST_RESORT = Duration.ofMillis(3500);

    private Main() {}

    /**
     * Runs until SIGINT or SIGTERM, then ends with 0; a command line or configuration that makes no sense ends with 2 and
     * says on standard error what is wrong.
     */
    public static void main(String[] words) {
        BuildInfo build = BuildInfo.load();
        switch (Arguments.parse(List.of(words))) {
            case Arguments.ShowVersion v -> exit(OK, build.line(BuildInfo.platform()), false);
            case Arguments.ShowHelp h -> exit(OK, Arguments.USAGE.stripTrailing(), false);
            case Arguments.Wrong wrong -> exit(WRONG_USE, wrong.line(), true);
            case Arguments.Run run -> run(build, run.configs());
        }
    }

    private static void run(BuildInfo build, List<String> configs) {
        // While one thread sets SLF4J up, any other gets a makeshift.
        LoggerFactory.getILoggerFactory();
        CompletableFuture<RouteTable> routes = RouteTable.begin();
        ConfigPlaces places = new ConfigPlaces(new ConfigLoader(Path.of(""), System.getenv()), configs);
        LoadedConfig loaded;
        try {
            loaded = places.load();
        } catch (ConfigException e) {
            exit(WRONG_USE, String.join(System.lineSeparator(), e.lines()), true);
            return;
        }
        Drops lostLines = new Drops();
        Logs.start(loaded.config().log(), loaded.redactions(), loaded.folder(), lostLines);
        Logger log = LoggerFactory.getLogger("oriel");
        log.info("oriel platform={} revision={} version={}", BuildInfo.platform(), build.revision(), build.version());
        String path = loaded.file().map(Path::toString).orElse("");
        log.info("config path={}", path);
        loaded.notes().forEach(ConfigNote::tell);

        // From here on it no longer ends us; one that comes before all is there waits for that.
        CompletableFuture<Server> started = new CompletableFuture<>();
        HangUp.onEach(() -> started.join().reload());
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(end, ended), "shutdown"));
        if (System.getProperty("oriel.parent", "").equals("watch")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(end::countDown));
        }
        try (Server server = Server.start(build, places, loaded, Seams.system(), routes, lostLines)) {
            started.complete(server);
            HealthFile.named()
                    .ifPresent(file -> file.follow(server, loaded.config().api()));
            await(end);
            log.info("stopping");
        }
        ended.countDown();
        exit(OK, "", false);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            // Nobody interrupts the main thread but to end it.
            Thread.currentThread().interrupt();
        }
    }

    // A signal would end the process with 143 or 130. Whoever sent it waits 5 s at most, even for a part that hangs.
    private static void endInOrder(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            ended.await(LAST_RESORT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Logs.stop();
        Runtime.getRuntime().halt(OK);
    }

    @SuppressWarnings("SystemOut") // Before there is a log, or instead of it.
    private static void exit(int code, String text, boolean error) {
        if (!text.isEmpty()) {
            (error ? System.err : System.out).println(text);
        }
        System.exit(code);
    }
}
