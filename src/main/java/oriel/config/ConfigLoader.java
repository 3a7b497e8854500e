package oriel.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the configuration. Without arguments it is {@code go2rtc.yaml}, else {@code go2rtc.yml}, of the working directory;
 * a file that does not exist is an empty one. Each argument is a file, a YAML or JSON text in braces, or
 * {@code key.path=value}; they are laid over each other in their order, key by key. Reads files; otherwise without effect.
 */
public final class ConfigLoader {
    private static final Path APP_HASS_FOLDER = Path.of("/homeassistant");
    private static final String HASS_ENTRIES = ".storage/core.config_entries";

    private final Path workingFolder;
    private final Map<String, String> environment;

    /**
     * @param workingFolder where relative paths of arguments start
     * @param environment the process's variables, for {@code ${VAR}}, {@code ORIEL_DATA}, {@code
     *     CREDENTIALS_DIRECTORY} and {@code SUPERVISOR_TOKEN}
     */
    public ConfigLoader(Path workingFolder, Map<String, String> environment) {
        this.workingFolder = workingFolder.toAbsolutePath().normalize();
        this.environment = Map.copyOf(environment);
    }

    /**
     * The configuration that {@code arguments}, what stood behind each {@code -c}, make together.
     *
     * @throws ConfigException all that is wrong with it
     */
    public LoadedConfig load(List<String> arguments) throws ConfigException {
        Problems problems = new Problems();
        SourceReader reader = new SourceReader(workingFolder, problems);
        List<ConfigSource> sources = reader.read(arguments);
        problems.throwIfAny();
        ConfigNode.Mapping tree = tree(sources, problems);
        Redactions redactions = new Redactions();
        redactions.add(new SecretScan(problems).scan(tree));
        GatewayConfig config = new GatewayBinder(tree, problems).bind();
        problems.throwIfAny();
        Path folder = reader.file().map(ConfigLoader::parent).orElse(workingFolder);
        return new LoadedConfig(
                config,
                reader.file(),
                folder,
                dataFolder(config, folder),
                hassFolder(config.hass(), folder),
                problems.notes(),
                redactions,
                places(tree));
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private Path dataFolder(GatewayConfig config, Path folder) {
        if (!config.oriel().data().isEmpty()) {
            return folder.resolve(config.oriel().data()).normalize();
        }
        String data = environment.getOrDefault("ORIEL_DATA", "");
        return data.isEmpty() ? folder : workingFolder.resolve(data).normalize();
    }

    // Not named, it is where the Supervisor maps it into apps, else where go2rtc looks: beside the configuration.
    private Optional<Path> hassFolder(HassConfig hass, Path folder) {
        if (!hass.on()) {
            return Optional.empty();
        }
        if (!hass.folder().isEmpty()) {
            return Optional.of(folder.resolve(hass.folder()).normalize());
        }
        if (!environment.getOrDefault("SUPERVISOR_TOKEN", "").isEmpty()) {
            return Optional.of(APP_HASS_FOLDER);
        }
        return Files.isRegularFile(folder.resolve(HASS_ENTRIES)) ? Optional.of(folder) : Optional.empty();
    }

    private ConfigNode.Mapping tree(List<ConfigSource> sources, Problems problems) throws ConfigException {
        List<ParsedSource> parsed = new ArrayList<>();
        for (ConfigSource source : sources) {
            parsed.add(ParsedSource.of(source, problems));
        }
        problems.throwIfAny(); // what else could be told would only follow from the broken syntax
        Variables variables = new Variables(environment);
        parsed.forEach(p -> p.defineVariables(variables));
        ConfigNode.Mapping tree = new ConfigNode.Mapping(new LinkedHashMap<>(), new Place("", 0));
        for (ParsedSource source : parsed) {
            tree = tree.merge(source.tree(variables, problems));
        }
        return tree;
    }

    private static Map<String, Place> places(ConfigNode.Mapping tree) {
        Map<String, Place> places = new LinkedHashMap<>();
        ConfigNode.Entry streams = tree.entries().get("streams");
        if (streams != null && streams.value() instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((name, entry) -> places.put(name, entry.key()));
        }
        return places;
    }
}
