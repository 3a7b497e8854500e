package oriel.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one process's configuration comes from, to be read again and again: what stood behind each {@code -c}, in order. Any
 * thread.
 */
public final class ConfigPlaces {
    private final ConfigLoader loader;
    private final List<String> arguments;
    private volatile Map<Path, FileStamp> stamps = Map.of();

    /** @param arguments what stood behind each {@code -c} */
    public ConfigPlaces(ConfigLoader loader, List<String> arguments) {
        this.loader = loader;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Reads all of it.
     *
     * @throws ConfigException all that is wrong with it
     */
    public synchronized LoadedConfig load() throws ConfigException {
        Map<Path, FileStamp> seen = new LinkedHashMap<>();
        try {
            // Stamped before it is read: what is written meanwhile shows as a change afterwards.
            return loader.load(arguments, file -> seen.putIfAbsent(file, FileStamp.of(file)));
        } finally {
            stamps = Map.copyOf(seen);
        }
    }

    /** Whether a variable has a value outside of the configuration. */
    public boolean hasVariable(String name) {
        return loader.hasVariable(name);
    }

    /** The files that the last {@link #load} looked for, there or not, as they were just before it read them. */
    public Map<Path, FileStamp> stamps() {
        return stamps;
    }
}
