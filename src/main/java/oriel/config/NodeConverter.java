package oriel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns SnakeYAML's nodes into ours: fills variables in, follows {@code <<}, refuses duplicate keys and tags. Aliases are
 * copied out, so what a bomb of them would unfold to is counted and bounded. For one document and one thread.
 */
final class NodeConverter {
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    private final String label;
    private final Placeholders placeholders;
    private final Variables variables;
    private final Problems problems;
    private int nodes;

    NodeConverter(String label, Placeholders placeholders, Variables variables, Problems problems) {
        this.label = label;
        this.placeholders = placeholders;
        this.variables = variables;
        this.problems = problems;
    }

    static RuleException tagRule() {
        return new RuleException(
                "tags, words with ! in front, are not read",
                "Put a value that starts with ! in quotes, or name a variable: ${NAME}");
    }

    /** @throws RuleException if it is more than the bounds allow */
    ConfigNode convert(Node node, String path) throws RuleException {
        return convert(node, path, 0);
    }

    private ConfigNode convert(Node node, String path, int depth) throws RuleException {
        if (++nodes > YamlReader.MAX_NODES || depth > YamlReader.MAX_DEPTH) {
            throw YamlReader.tooMuch();
        }
        if (!TAGS.contains(node.getTag())) {
            problems.add(place(node), path, "", tagRule());
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> sequence(sequence, path, depth);
            case MappingNode mapping -> mapping(mapping, path, depth);
            default -> throw new RuleException("is nothing that YAML knows", "");
        };
    }

    private ConfigNode.Scalar scalar(ScalarNode node) {
        return placeholders.fill(node.getValue(), node.getScalarStyle() == ScalarStyle.PLAIN, place(node), variables);
    }

    private ConfigNode.Sequence sequence(SequenceNode node, String path, int depth) throws RuleException {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
        }
        return new ConfigNode.Sequence(List.copyOf(items), place(node));
    }

    private ConfigNode.Mapping mapping(MappingNode node, String path, int depth) throws RuleException {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        List<NodeTuple> merges = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(place(tuple.getKeyNode()), path, "", new RuleException("a key must be a text", ""));
            } else if (keyNode.getValue().equals("<<") && keyNode.getScalarStyle() == ScalarStyle.PLAIN) {
                merges.add(tuple);
            } else {
                entry(entries, keyNode, tuple.getValueNode(), path, depth);
            }
        }
        for (NodeTuple merge : merges) {
            inherit(entries, convert(merge.getValueNode(), path, depth + 1), path);
        }
        return new ConfigNode.Mapping(entries, place(node));
    }

    private void entry(
            Map<String, ConfigNode.Entry> entries, ScalarNode keyNode, Node valueNode, String path, int depth)
            throws RuleException {
        ConfigNode.Scalar key = scalar(keyNode);
        String inner = path.isEmpty() ? key.text() : path + "." + key.text();
        ConfigNode value = convert(valueNode, inner, depth + 1);
        ConfigNode.Entry before = entries.putIfAbsent(key.text(), new ConfigNode.Entry(key.place(), value));
        if (before != null) {
            problems.add(
                    key.place(),
                    inner,
                    Masked.value(inner, value),
                    new RuleException(
                            "stands here a second time, first in line "
                                    + before.key().line() + ": a key may stand once",
                            "Remove one of them"));
        }
    }

    private void inherit(Map<String, ConfigNode.Entry> entries, ConfigNode from, String path) {
        switch (from) {
            case ConfigNode.Mapping mapping -> mapping.entries().forEach(entries::putIfAbsent);
            case ConfigNode.Sequence sequence -> sequence.items().forEach(item -> inherit(entries, item, path));
            case ConfigNode.Scalar scalar ->
                problems.add(scalar.place(), path, "", new RuleException("<< must name a map", ""));
        }
    }

    private Place place(Node node) {
        return new Place(label, node.getStartMark().getLine() + 1);
    }
}
