package oriel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.config.ConfigReview.Row;
import oriel.config.ConfigReview.Works;

/**
 * Goes through a configuration that is not ours and says of each key and stream what works. Nothing is read but the text: no
 * variable of our own environment is filled in, for it is not ours to tell. Any thread.
 */
public final class ConfigReviewer {
    private static final String FRIGATE = "go2rtc";

    // Frigate's own variables have one pair of braces and no $.
    private static final Pattern FRIGATE_VARIABLE = Pattern.compile("(?<!\\$)\\{(FRIGATE_[A-Za-z0-9_]{1,100})}");

    private final SourceJudge judge;
    private final Predicate<String> isSet;

    /** @param isSet whether a variable has a value here; which one stays unknown */
    public ConfigReviewer(SourceJudge judge, Predicate<String> isSet) {
        this.judge = judge;
        this.isSet = isSet;
    }

    /**
     * The table.
     *
     * @param label what the text is called in messages
     */
    public ConfigReview review(String label, String text) {
        Problems problems = new Problems(YamlReader.MAX_NODES);
        ParsedSource parsed = ParsedSource.of(new ConfigSource.Yaml(label, text), problems);
        Variables variables = new Variables(Map.of(), file -> {});
        parsed.defineVariables(variables);
        ConfigNode.Mapping whole = parsed.tree(variables, problems);
        if (whole.entries().isEmpty()) {
            return nothing(problems);
        }
        Optional<ConfigNode.Mapping> block = frigate(whole);
        ConfigNode.Mapping tree = block.orElse(whole);
        Redactions redactions = new Redactions();
        redactions.add(new SecretScan(new Problems()).scan(tree));
        new GatewayBinder(tree, problems).bind();
        List<Row> rows = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        tree.entries().forEach((section, entry) -> rows(section, entry.value(), problems, told, rows));
        for (ConfigProblem problem : problems.problems()) {
            if (told.stream().noneMatch(key -> isIn(problem.key(), key))) {
                rows.add(new Row(problem.key(), Works.NO, sentence(problem)));
            }
        }
        List<Row> safe = rows.stream()
                .map(row ->
                        new Row(redactions.text(Masked.oneLine(row.key())), row.works(), redactions.text(row.why())))
                .toList();
        return new ConfigReview(block.isPresent(), problems.problems().isEmpty(), safe);
    }

    private static ConfigReview nothing(Problems problems) {
        List<Row> rows = problems.problems().stream()
                .map(problem -> new Row(problem.key(), Works.NO, sentence(problem)))
                .toList();
        return rows.isEmpty()
                ? new ConfigReview(false, false, List.of(new Row("", Works.NO, "There is nothing in it.")))
                : new ConfigReview(false, false, rows);
    }

    private static Optional<ConfigNode.Mapping> frigate(ConfigNode.Mapping whole) {
        ConfigNode.Entry block = whole.entries().get(FRIGATE);
        return block != null && block.value() instanceof ConfigNode.Mapping mapping
                ? Optional.of(mapping)
                : Optional.empty();
    }

    private void rows(String section, ConfigNode value, Problems problems, Set<String> told, List<Row> rows) {
        Map<String, ConfigNode> keys = new LinkedHashMap<>();
        boolean whole = KnownKeys.contains(section)
                || problems.idle().stream().anyMatch(idle -> idle.path().equals(section));
        if (value instanceof ConfigNode.Mapping mapping
                && !whole
                && !mapping.entries().isEmpty()) {
            mapping.entries().forEach((key, entry) -> keys.put(section + "." + key, entry.value()));
        } else {
            keys.put(section, value);
        }
        Set<String> streams = section.equals("streams") && value instanceof ConfigNode.Mapping mapping
                ? mapping.entries().keySet()
                : Set.of();
        keys.forEach((key, node) -> {
            told.add(key);
            Row row = wrong(key, keys.keySet(), problems)
                    .or(() -> idle(key, node, keys.keySet(), problems))
                    .orElseGet(() -> streams.isEmpty() ? new Row(key, Works.YES, "") : stream(key, node, streams));
            rows.add(variables(row, node));
        });
    }

    private static Optional<Row> wrong(String key, Set<String> keys, Problems problems) {
        return problems.problems().stream()
                .filter(problem -> belongs(problem.key(), key, keys))
                .findFirst()
                .map(problem -> new Row(key, Works.NO, sentence(problem)));
    }

    private static Optional<Row> idle(String key, ConfigNode node, Set<String> keys, Problems problems) {
        List<Problems.Idle> inside = problems.idle().stream()
                .filter(idle -> belongs(idle.path(), key, keys))
                .toList();
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        Optional<Row> itself = inside.stream()
                .filter(idle -> idle.path().equals(key))
                .findFirst()
                .map(idle -> new Row(key, Works.NO, MovingSentences.idle(key, idle.known())));
        if (itself.isPresent()) {
            return itself;
        }
        List<String> names = inside.stream()
                .map(idle -> Masked.oneLine(idle.path().substring(key.length() + 1)))
                .toList();
        boolean all =
                node instanceof ConfigNode.Mapping mapping && mapping.entries().size() <= names.size();
        return Optional.of(
                new Row(key, all ? Works.NO : Works.PARTLY, "Without effect: " + String.join(", ", names) + "."));
    }

    private Row stream(String key, ConfigNode node, Set<String> streams) {
        List<String> sources = new ArrayList<>();
        sources(node, sources);
        if (sources.isEmpty()) {
            boolean off = node instanceof ConfigNode.Scalar scalar && scalar.isFalse();
            return off
                    ? new Row(key, Works.YES, "It is switched off.")
                    : new Row(key, Works.NO, MovingSentences.PUSHED);
        }
        List<String> reasons = new ArrayList<>();
        for (String source : sources) {
            whyNot(source, streams::contains).ifPresent(reasons::add);
        }
        String why = String.join(" ", new LinkedHashSet<>(reasons));
        if (reasons.isEmpty()) {
            return new Row(key, Works.YES, "");
        }
        return reasons.size() == sources.size()
                ? new Row(key, Works.NO, why)
                : new Row(
                        key,
                        Works.PARTLY,
                        "%d of %d sources work. %s".formatted(sources.size() - reasons.size(), sources.size(), why));
    }

    private Optional<String> whyNot(String source, Predicate<String> isStream) {
        String plain = FRIGATE_VARIABLE.matcher(source).replaceAll("x");
        return MovingSentences.program(plain).or(() -> judge.whyNot(plain, isStream));
    }

    private static void sources(ConfigNode node, List<String> sources) {
        switch (node) {
            case ConfigNode.Scalar scalar when scalar.isNull() || scalar.isFalse() -> {}
            case ConfigNode.Scalar scalar -> sources.add(scalar.text());
            case ConfigNode.Sequence sequence -> sequence.items().forEach(item -> sources(item, sources));
            case ConfigNode.Mapping mapping -> {
                ConfigNode.Entry url = mapping.entries().get("url");
                if (url != null) {
                    sources(url.value(), sources);
                }
            }
        }
    }

    // A variable has to be brought along, whoever fills it in.
    private Row variables(Row row, ConfigNode node) {
        Set<String> frigate = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        walk(node, scalar -> {
            Matcher matcher = FRIGATE_VARIABLE.matcher(scalar.text());
            while (matcher.find()) {
                frigate.add(matcher.group(1));
            }
            scalar.missing().stream().filter(name -> !isSet.test(name)).forEach(missing::add);
        });
        StringBuilder why = new StringBuilder(row.why());
        frigate.forEach(name -> why.append(why.isEmpty() ? "" : " ").append(MovingSentences.frigateVariable(name)));
        missing.forEach(name -> why.append(why.isEmpty() ? "" : " ").append(MovingSentences.variable(name)));
        Works works =
                row.works() == Works.YES && !(frigate.isEmpty() && missing.isEmpty()) ? Works.PARTLY : row.works();
        return new Row(row.key(), works, why.toString());
    }

    private static void walk(ConfigNode node, Consumer<ConfigNode.Scalar> each) {
        switch (node) {
            case ConfigNode.Scalar scalar -> each.accept(scalar);
            case ConfigNode.Sequence sequence -> sequence.items().forEach(item -> walk(item, each));
            case ConfigNode.Mapping mapping -> mapping.entries().values().forEach(entry -> walk(entry.value(), each));
        }
    }

    // Names of streams have dots: what is said of front.door is not said of front.
    private static boolean belongs(String path, String key, Set<String> keys) {
        return isIn(path, key) && keys.stream().noneMatch(other -> other.length() > key.length() && isIn(path, other));
    }

    private static boolean isIn(String path, String key) {
        return path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "[");
    }

    private static String sentence(ConfigProblem problem) {
        String value = problem.value().isEmpty() ? "It " : "\"" + problem.value() + "\" ";
        return (problem.line() > 0 ? "Line " + problem.line() + ": " : "")
                + (problem.key().isEmpty() ? "" : value)
                + problem.rule()
                + "."
                + (problem.nextStep().isEmpty() ? "" : " " + problem.nextStep() + ".");
    }
}
