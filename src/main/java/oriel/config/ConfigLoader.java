package oriel.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Loads the configuration. Without arguments it is {@code go2rtc.yaml}, else {@code go2rtc.yml}, of the working directory;
 * a file that does not exist is an empty one. Each argument is a file, a YAML or JSON text in braces, or
 * {@code key.path=value}; they are laid over each other in their order, key by key. Reads files; otherwise without effect.
 */
public final class ConfigLoader {
    private static final Path APP_HASS_FOLDER = Path.of("/homeassistant");

    /** Of the file in a folder, in the order in which it is looked for. */
    private static final List<String> FILE_NAMES = List.of("go2rtc.yaml", "go2rtc.yml");

    private final Path workingFolder;
    private final Map<String, String> environment;

    /**
     * @param workingFolder where relative paths of arguments start
     * @param environment the process's variables, for {@code ${VAR}}, {@code ORIEL_DATA} and {@code CREDENTIALS_DIRECTORY}
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
        return load(arguments, file -> {});
    }

    /**
     * The same.
     *
     * @param reads is told each file that is looked for, before it is read and whether it is there or not
     */
    public LoadedConfig load(List<String> arguments, Consumer<Path> reads) throws ConfigException {
        Problems problems = new Problems();
        SourceReader reader = new SourceReader(workingFolder, problems, reads);
        List<ConfigSource> sources = reader.read(arguments);
        problems.throwIfAny();
        Path folder = reader.file().map(ConfigLoader::parent).orElse(workingFolder);
        Meaning own = meaning(sources, reads, problems);
        Optional<Path> found = homeFile(own.tree(), folder, reader, reads);
        boolean ours = reader.file().filter(reader.filesThere()::contains).isPresent();
        Optional<Meaning> lent = ours || reader.file().isEmpty()
                ? Optional.empty()
                : found.flatMap(home -> withHome(home, sources, reader, reads, problems));
        Meaning meaning = lent.orElse(own);
        return new LoadedConfig(
                meaning.config(),
                reader.file(),
                reader.filesThere(),
                found.map(home -> new HomeFile(home, lent.isPresent())),
                folder,
                dataFolder(meaning.config(), folder),
                lent.isPresent() ? meaning.problems().notes() : problems.notes(),
                meaning.redactions(),
                places(meaning.tree()));
    }

    /** Whether a variable has a value outside of the configuration. */
    boolean hasVariable(String name) {
        return new Variables(environment, file -> {}).value(name).isPresent();
    }

    /** What some sources make together. */
    private record Meaning(ConfigNode.Mapping tree, GatewayConfig config, Redactions redactions, Problems problems) {}

    private Meaning meaning(List<ConfigSource> sources, Consumer<Path> reads, Problems problems)
            throws ConfigException {
        ConfigNode.Mapping tree = tree(sources, reads, problems);
        Redactions redactions = new Redactions();
        redactions.add(new SecretScan(problems).scan(tree));
        GatewayConfig config = new GatewayBinder(tree, problems).bind();
        problems.throwIfAny();
        return new Meaning(tree, config, redactions, problems);
    }

    // Below all of ours, in the place of the file that we do not have. It is not ours to mend: what is wrong with it
    // must
    // not keep us from starting.
    private Optional<Meaning> withHome(
            Path home, List<ConfigSource> sources, SourceReader reader, Consumer<Path> reads, Problems problems) {
        Problems theirs = new Problems();
        try {
            List<ConfigSource> all = new ArrayList<>(sources);
            new SourceReader(workingFolder, theirs, reads)
                    .readHome(home)
                    .ifPresent(source -> all.add(reader.placeOfFile(), source));
            theirs.throwIfAny();
            Meaning meaning = meaning(all, reads, theirs);
            theirs.note(false, "no file of our own, so " + home + " is read; it is never written to");
            return Optional.of(meaning);
        } catch (ConfigException e) {
            problems.note(
                    true,
                    home + " is not used, for it has a mistake: " + e.lines().getFirst());
            return Optional.empty();
        }
    }

    // Where the Supervisor maps it into apps, unless it is named.
    private Optional<Path> homeFile(ConfigNode.Mapping tree, Path folder, SourceReader reader, Consumer<Path> reads) {
        String named = hassFolder(tree);
        boolean app = !environment.getOrDefault("SUPERVISOR_TOKEN", "").isEmpty();
        if (named.isEmpty() && !app) {
            return Optional.empty();
        }
        Path home = named.isEmpty() ? APP_HASS_FOLDER : folder.resolve(named).normalize();
        for (String name : FILE_NAMES) {
            Path file = home.resolve(name);
            reads.accept(file);
            if (Files.isRegularFile(file) && !isOneOf(reader, file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static boolean isOneOf(SourceReader reader, Path file) {
        return reader.file().filter(file::equals).isPresent()
                || reader.filesThere().contains(file);
    }

    private static String hassFolder(ConfigNode.Mapping tree) {
        return member(tree, "hass")
                .flatMap(hass -> member(hass, "config"))
                .filter(ConfigNode.Scalar.class::isInstance)
                .map(ConfigNode.Scalar.class::cast)
                .filter(folder -> !folder.isNull() && folder.text().indexOf('\0') < 0)
                .map(ConfigNode.Scalar::text)
                .orElse("");
    }

    private static Optional<ConfigNode> member(ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping
                ? Optional.ofNullable(mapping.entries().get(key)).map(ConfigNode.Entry::value)
                : Optional.empty();
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

    private ConfigNode.Mapping tree(List<ConfigSource> sources, Consumer<Path> reads, Problems problems)
            throws ConfigException {
        List<ParsedSource> parsed = new ArrayList<>();
        for (ConfigSource source : sources) {
            parsed.add(ParsedSource.of(source, problems));
        }
        problems.throwIfAny(); // what else could be told would only follow from the broken syntax
        Variables variables = new Variables(environment, reads);
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
