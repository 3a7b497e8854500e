package oriel.homeassistant.discovery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.catalog.CatalogException;
import oriel.config.ConfigException;
import oriel.metrics.Drops;
import oriel.mqtt.MqttMessage;

/**
 * Does what commands ask for, one after the other, on a virtual thread of its own: some wait for a disk. What makes no sense
 * is told, at most once a second; what the broker kept is of unknown age, and is not done.
 */
final class CommandDesk {
    /** Commands that wait; a further one is dropped. */
    static final int MAX_WAITING = 64;

    static final String FULL = "mqtt-commands-full";
    static final String REFUSED = "mqtt-command-refused";
    static final String RETAINED = "mqtt-command-retained";

    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Logger AUDIT = LoggerFactory.getLogger("access");
    private static final long BETWEEN_LINES = Duration.ofSeconds(1).toNanos();
    private static final int MAX_TOLD = 64;
    private static final int MAX_SHOWN = 120;

    private final Topics topics;
    private final CameraDesk cameras;
    private final AppDesk app;
    private final Function<String, Optional<String>> names;
    private final Consumer<String> snapshot;
    private final Runnable done;
    private final Clock clock;
    private final Drops drops;
    private final BlockingQueue<Command> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Set<String> told = new HashSet<>(); // the listener's thread, as the next
    private Optional<Long> lastLine = Optional.empty();

    /**
     * @param names the camera of a slug
     * @param snapshot takes a still of the camera with this slug
     * @param done called after each command: something may look different now
     * @param drops counts what is not done
     */
    CommandDesk(
            Topics topics,
            CameraDesk cameras,
            AppDesk app,
            Function<String, Optional<String>> names,
            Consumer<String> snapshot,
            Runnable done,
            Drops drops,
            Clock clock) {
        this.topics = topics;
        this.cameras = cameras;
        this.app = app;
        this.names = names;
        this.snapshot = snapshot;
        this.done = done;
        this.drops = drops;
        this.clock = clock;
    }

    /** Takes a message to a topic of commands; one caller at a time, never waits. */
    void take(MqttMessage message) {
        if (message.retained()) {
            drops.count(RETAINED);
            if (told.size() < MAX_TOLD && told.add(message.topic())) {
                LOG.warn(
                        "the broker keeps a command at {}, which is ignored: commands must not be retained",
                        shown(message.topic()));
            }
            return;
        }
        Command command = Command.read(topics, message);
        if (command instanceof Command.Refused(String why)) {
            drops.count(REFUSED);
            tell("the command at " + shown(message.topic()) + " is not done: " + why);
        } else if (!waiting.offer(command)) {
            drops.count(FULL);
            tell("commands come faster than they can be done, further ones are dropped");
        }
    }

    private void tell(String line) {
        long now = clock.nanoTime();
        if (lastLine.isEmpty() || now - lastLine.get() >= BETWEEN_LINES) {
            lastLine = Optional.of(now);
            LOG.warn("{}", line);
        }
    }

    /** Does them until interrupted. */
    void run() {
        try {
            while (true) {
                perform(waiting.take());
                done.run();
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private void perform(Command command) {
        try {
            switch (command) {
                case Command.Enable(String slug, boolean on) -> {
                    String name = name(slug);
                    cameras.enable(name, on);
                    audit("enabled " + (on ? "ON" : "OFF"), name);
                }
                case Command.KeepAlive(String slug, boolean on) -> {
                    String name = name(slug);
                    cameras.keepAlive(name, on);
                    audit("keep_alive " + (on ? "ON" : "OFF"), name);
                }
                case Command.Restart(String slug) -> {
                    String name = name(slug);
                    cameras.restart(name);
                    audit("restart", name);
                }
                case Command.Snapshot(String slug) -> {
                    audit("snapshot", name(slug));
                    snapshot.accept(slug);
                }
                case Command.Reload reload -> {
                    audit("reload", "the configuration");
                    app.reload();
                }
                case Command.Refused(String why) -> LOG.warn("{}", why);
            }
        } catch (UnknownCameraException e) {
            drops.count(REFUSED);
            LOG.warn("a command is not done: {}", e.getMessage());
        } catch (CatalogException e) {
            LOG.warn("a command failed: {}", e.getMessage());
        } catch (ConfigException e) {
            // The log has it: the configuration before goes on.
        } catch (RuntimeException e) {
            LOG.error("a command failed, for Oriel has a fault", e);
        }
    }

    private static void audit(String what, String about) {
        AUDIT.info("Home Assistant (mqtt): {} {}: done", what, shown(about));
    }

    private String name(String slug) throws UnknownCameraException {
        Optional<String> name = names.apply(slug);
        if (name.isEmpty()) {
            throw new UnknownCameraException("there is no camera " + shown(slug) + ".");
        }
        return name.get();
    }

    private static String shown(String text) {
        String line = CameraName.shown(text);
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) : line;
    }

    /** A command for a camera that is not there. */
    private static final class UnknownCameraException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownCameraException(String message) {
            super(message);
        }
    }
}
