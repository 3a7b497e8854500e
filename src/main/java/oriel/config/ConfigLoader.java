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
 * {@code key.path=value}; they are laid over each other in their order, key by key, and over all of them the options of the
 * app. Reads files; otherwise without effect.
 */
public final class ConfigLoader {
    private static final Path APP_HASS_FOLDER = Path.of("/homeassistant");
    private static final String HASS_ENTRIES = ".storage/core.config_entries";

    /** Of the file in a folder, in the order in which it is looked for. */
    private static final List<String> FILE_NAMES = List.of("go2rtc.yaml", "go2rtc.yml");

    private static final String OPTIONS = "/data/options.json";
    private static final String DATA_OF_AN_APP = "/data";

    private final Path workingFolder;
    private final Map<String, String> environment;

    /**
     * @param workingFolder where relative paths of arguments start
     * @param environment the process's variables, for {@code ${VAR}}, {@code CREDENTIALS_DIRECTORY}, {@code ORIEL_DATA},
     *     {@code ORIEL_OPTIONS}, {@code SUPERVISOR_TOKEN} and {@code SUPERVISOR_URL}
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
        Optional<SupervisorConfig> supervisor = SupervisorBinder.bind(environment, problems);
        Meaning own = meaning(sources, reads, problems);
        // What their file says of this folder was said for another program, which may see it elsewhere.
        Optional<Path> hassFolder = hassFolder(own.config().hass(), folder, supervisor.isPresent());
        Optional<Path> found = homeFile(hassFolder, reader, reads);
        boolean ours = reader.file().filter(reader.filesThere()::contains).isPresent();
        Optional<Meaning> lent = ours || reader.file().isEmpty()
                ? Optional.empty()
                : found.flatMap(home -> withHome(home, sources, reader, reads, problems));
        Meaning meaning = lent.orElse(own);
        supervisor.ifPresent(app -> meaning.redactions().add(List.of(app.token().reveal())));
        return new LoadedConfig(
                meaning.config(),
                reader.file(),
                reader.filesThere(),
                found.map(home -> new HomeFile(home, lent.isPresent())),
                folder,
                dataFolder(meaning.config(), folder, supervisor.isPresent()),
                hassFolder,
                lent.isPresent() ? meaning.problems().notes() : problems.notes(),
                meaning.redactions(),
                places(meaning.tree()),
                supervisor);
    }

    /** Whether a variable has a value outside of the configuration. */
    boolean hasVariable(String name) {
        return new Variables(environment, file -> {}).value(name).isPresent();
    }

    /** What some sources make together. */
    private record Meaning(ConfigNode.Mapping tree, GatewayConfig config, Redactions redactions, Problems problems) {}

    private Meaning meaning(List<ConfigSource> sources, Consumer<Path> reads, Problems problems)
            throws ConfigException {
        ConfigNode.Mapping tree = tree(sources, reads, problems).merge(options(reads, problems));
        Redactions redactions = new Redactions();
        redactions.add(new SecretScan(problems).scan(tree));
        GatewayConfig config = new GatewayBinder(tree, problems).bind();
        problems.throwIfAny();
        return new Meaning(tree, config, redactions, problems);
    }

    // Below all of ours, in the place of the file that we do not have. What is wrong with it is not ours to mend, so it
    // must not keep us from starting.
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

    private static Optional<Path> homeFile(Optional<Path> home, SourceReader reader, Consumer<Path> reads) {
        for (String name : home.isPresent() ? FILE_NAMES : List.<String>of()) {
            Path file = home.get().resolve(name);
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

    private ConfigNode.Mapping options(Consumer<Path> reads, Problems problems) {
        String named = environment.getOrDefault("ORIEL_OPTIONS", "");
        Path file = workingFolder.resolve(named.isEmpty() ? OPTIONS : named);
        reads.accept(file);
        return new OptionsReader(problems).read(file, !named.isEmpty());
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private Path dataFolder(GatewayConfig config, Path folder, boolean app) {
        if (!config.oriel().data().isEmpty()) {
            return folder.resolve(config.oriel().data()).normalize();
        }
        String data = environment.getOrDefault("ORIEL_DATA", app ? DATA_OF_AN_APP : "");
        return data.isEmpty() ? folder : workingFolder.resolve(data).normalize();
    }

    // Not named, it is where the Supervisor maps it into apps, else where go2rtc looks: beside the configuration.
    private static Optional<Path> hassFolder(HassConfig hass, Path folder, boolean app) {
        if (!hass.on()) {
            return Optional.empty();
        }
        if (!hass.folder().isEmpty()) {
            return Optional.of(folder.resolve(hass.folder()).normalize());
        }
        if (app) {
            return Optional.of(APP_HASS_FOLDER);
        }
        return Files.isRegularFile(folder.resolve(HASS_ENTRIES)) ? Optional.of(folder) : Optional.empty();
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
