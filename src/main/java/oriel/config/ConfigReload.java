package oriel.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole configuration anew and lets it take effect. Whatever is wrong with it, the old one goes on, and one line of
 * the log says where and why. Any thread; one reload at a time.
 */
public final class ConfigReload {
    private static final Logger LOG = LoggerFactory.getLogger("config");

    private final ConfigPlaces places;
    private final ConfigApplier applier;
    private final Redactions redactions;
    private volatile LoadedConfig current;
    private volatile Optional<String> refusal = Optional.empty();

    /** @param started what holds now; its redactions are those of the log, and learn what later configurations name */
    public ConfigReload(ConfigPlaces places, LoadedConfig started, ConfigApplier applier) {
        this.places = places;
        this.applier = applier;
        this.redactions = started.redactions();
        this.current = started;
    }

    /** What holds now. */
    public LoadedConfig current() {
        return current;
    }

    /** Why the configuration as it is now is not used, while the one before goes on; a sentence. */
    public Optional<String> refusal() {
        return refusal;
    }

    /** Takes secrets out of a text that leaves Oriel. */
    public String redacted(String text) {
        return redactions.text(text);
    }

    /**
     * Reads it and lets it take effect.
     *
     * @throws ConfigException why the old one goes on; it is in the log already
     */
    public synchronized ReloadReport reload() throws ConfigException {
        LoadedConfig loaded;
        try {
            loaded = load();
        } catch (ConfigException e) {
            List<String> lines = e.lines();
            String further = lines.size() > 1 ? " And " + (lines.size() - 1) + " more." : "";
            LOG.warn("the changed configuration is not used, the one before goes on: {}{}", lines.getFirst(), further);
            refusal = Optional.of(redacted(lines.getFirst() + further));
            throw e;
        }
        redactions.addAll(loaded.redactions());
        loaded.notes().stream().filter(note -> !current.notes().contains(note)).forEach(ConfigNote::tell);
        ReloadReport report = applier.apply(loaded);
        current = loaded;
        refusal = Optional.empty();
        tell(report);
        return report;
    }

    // A file that was there and is not is more likely a disk that went than the wish to lose all cameras.
    private LoadedConfig load() throws ConfigException {
        LoadedConfig loaded = places.load();
        Set<Path> gone = new LinkedHashSet<>(current.filesThere());
        gone.removeAll(loaded.filesThere());
        if (loaded.filesThere().size() < current.filesThere().size()) {
            String name = String.valueOf(gone.iterator().next().getFileName());
            throw new ConfigException(new ConfigProblem(
                    name,
                    0,
                    "",
                    "",
                    "is gone",
                    "Put it back, empty if nothing shall be in it, or start Oriel anew to go on without it"));
        }
        return loaded;
    }

    private static void tell(ReloadReport report) {
        Optional<String> waits = report.afterRestart().isEmpty()
                ? Optional.empty()
                : Optional.of("Takes effect after a restart: " + String.join(", ", report.afterRestart()) + ".");
        if (report.changes().isEmpty() && waits.isEmpty()) {
            LOG.info("read again: nothing changed");
        } else {
            String changes = report.changes().isEmpty() ? "Nothing changes now." : String.join(" ", report.changes());
            LOG.info("read again. {}{}", changes, waits.map(w -> " " + w).orElse(""));
        }
    }
}
