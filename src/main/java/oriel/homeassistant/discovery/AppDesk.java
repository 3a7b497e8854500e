package oriel.homeassistant.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import oriel.config.ConfigException;

/** Oriel itself: how it is, and what can be asked of it. Any thread. */
public interface AppDesk {
    /** What is wrong with it, sentences for its owner. */
    List<String> problems();

    /** The longest that a media loop let a task wait since this was last asked. */
    Duration takeLoopDelay();

    /** What the Supervisor says of us; empty stand-alone. */
    Optional<App> app();

    /** Reads the configuration anew, and lets it take effect; waits for that. */
    void reload() throws ConfigException;

    /**
     * An app of Home Assistant.
     *
     * @param slug as in {@code local_oriel}
     * @param installed its version
     * @param latest the newest version that there is
     */
    record App(String slug, String installed, String latest) {}
}
