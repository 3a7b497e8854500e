package oriel.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration and what is known about where it came from.
 *
 * @param config what to do
 * @param file the one file that may be written, absolute, whether it exists or not; empty if only inline text was given
 * @param filesThere the files among the places that exist and were read; without {@code home}
 * @param home a configuration in Home Assistant's folder, if there is one that is not ours
 * @param folder where relative paths of the configuration start: that file's folder, else the working directory
 * @param dataFolder where state, password and keys live: {@code oriel.data}, else {@code ORIEL_DATA}, else {@code /data} in an
 *     app of Home Assistant, else {@code folder}
 * @param hassFolder Home Assistant's configuration folder, which need not exist; empty if there is none to look into
 * @param notes for the log, module {@code config}
 * @param redactions the secrets that it named
 * @param streamPlaces where each stream is defined
 * @param supervisor who started us, if we are an app of Home Assistant
 */
public record LoadedConfig(
        GatewayConfig config,
        Optional<Path> file,
        Set<Path> filesThere,
        Optional<HomeFile> home,
        Path folder,
        Path dataFolder,
        Optional<Path> hassFolder,
        List<ConfigNote> notes,
        Redactions redactions,
        Map<String, Place> streamPlaces,
        Optional<SupervisorConfig> supervisor) {
    public LoadedConfig {
        filesThere = Set.copyOf(filesThere);
        notes = List.copyOf(notes);
        streamPlaces = Map.copyOf(streamPlaces);
    }

    /** Whether Home Assistant's Supervisor started us. */
    public boolean supervised() {
        return supervisor.isPresent();
    }
}
