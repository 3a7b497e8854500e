package oriel.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One source whose syntax is known and whose variables are still hidden: all sources must be parsed before the first
 * variable has its value, for the section {@code env} may stand in any of them.
 *
 * @param path what the root stands under: empty, or the keys of a {@code key.path=value}
 * @param root empty if the source is empty
 */
record ParsedSource(String label, List<String> path, Optional<Node> root, String plainText, Placeholders placeholders) {
    private static final String YAML_STARTS = "[{\"'";

    static ParsedSource of(ConfigSource source, Problems problems) {
        Placeholders placeholders = new Placeholders();
        return switch (source) {
            case ConfigSource.Yaml yaml ->
                new ParsedSource(
                        yaml.label(),
                        List.of(),
                        new YamlReader(yaml.label(), problems).read(placeholders.hide(yaml.text())),
                        "",
                        placeholders);
            case ConfigSource.Setting setting -> {
                String text = placeholders.hide(setting.value());
                boolean yaml = !text.isEmpty() && YAML_STARTS.indexOf(text.charAt(0)) >= 0;
                yield new ParsedSource(
                        setting.label(),
                        setting.path(),
                        yaml ? new YamlReader(setting.label(), problems).read(text) : Optional.empty(),
                        text,
                        placeholders);
            }
        };
    }

    /** Hands this source's section {@code env} to {@code variables}. */
    void defineVariables(Variables variables) {
        if (path.size() == 2 && path.getFirst().equals("env")) {
            variables.define(
                    path.get(1), root.map(r -> scalarText(r, variables)).orElseGet(() -> fill(plainText, variables)));
        }
        if (path.isEmpty() && root.isPresent() && root.get() instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals("env")
                        && tuple.getValueNode() instanceof MappingNode env) {
                    define(env, variables);
                }
            }
        }
    }

    private void define(MappingNode env, Variables variables) {
        for (NodeTuple tuple : env.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                variables.define(fill(key.getValue(), variables), fill(value.getValue(), variables));
            }
        }
    }

    private String scalarText(Node node, Variables variables) {
        return node instanceof ScalarNode scalar ? fill(scalar.getValue(), variables) : "";
    }

    private String fill(String text, Variables variables) {
        return placeholders.fill(text, false, new Place(label, 1), variables).text();
    }

    /** What this source says, as a tree from the configuration's root; an empty one after a problem was told. */
    ConfigNode.Mapping tree(Variables variables, Problems problems) {
        Place start = new Place(label, 1);
        ConfigNode.Mapping nothing = new ConfigNode.Mapping(Map.of(), start);
        if (path.isEmpty() && root.isEmpty()) {
            return nothing;
        }
        try {
            ConfigNode node = root.isPresent()
                    ? new NodeConverter(label, placeholders, variables, problems)
                            .convert(root.get(), String.join(".", path))
                    : placeholders.fill(plainText, true, start, variables);
            for (String key : path.reversed()) {
                node = new ConfigNode.Mapping(Map.of(key, new ConfigNode.Entry(start, node)), start);
            }
            return switch (node) {
                case ConfigNode.Mapping mapping -> mapping;
                case ConfigNode.Scalar scalar when scalar.isNull() -> nothing;
                case ConfigNode.Scalar scalar ->
                    throw new RuleException("must be a map of keys", "Write \"streams:\" and a name below it");
                case ConfigNode.Sequence sequence ->
                    throw new RuleException("must be a map of keys", "Write \"streams:\" and a name below it");
            };
        } catch (RuleException e) {
            problems.add(start, "", "", e);
            return nothing;
        }
    }
}
