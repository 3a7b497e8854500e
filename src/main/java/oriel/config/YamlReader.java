package oriel.config;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Composes one YAML document to nodes, within bounds: {@value #MAX_CHARS} characters (SnakeYAML counts), {@value #MAX_NODES} values,
 * {@value #MAX_DEPTH} levels. Nothing is constructed from the nodes, so no tag can name a class to load. For one document
 * and one thread.
 */
final class YamlReader {
    static final int MAX_CHARS = 10_000_000;
    static final int MAX_NODES = 100_000;
    static final int MAX_DEPTH = 64;

    private final String label;
    private final Problems problems;

    YamlReader(String label, Problems problems) {
        this.label = label;
        this.problems = problems;
    }

    /** The document's root; empty if there is none, or after a problem was told. */
    Optional<Node> read(String text) {
        try {
            if (isWithinBounds(text)) {
                return Optional.ofNullable(yaml().compose(new StringReader(text)));
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problem(mark == null ? 0 : mark.getLine() + 1, syntax(e));
        } catch (ReaderException e) {
            problem(
                    lineOf(text, e.getPosition()),
                    new RuleException("the character U+%04X may not stand here".formatted(e.getCodePoint()), ""));
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not only its own exceptions: an escape cut off by the end of the text gives a NumberFormatException
            // (2.4).
            problem(0, new RuleException("this is not YAML that can be read within its bounds", ""));
        }
        return Optional.empty();
    }

    /** A cheap look at the events first: what is too much is refused before the nodes of it fill the memory. */
    private boolean isWithinBounds(String text) {
        int nodes = 0;
        int depth = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            if (event.is(Event.ID.MappingStart) || event.is(Event.ID.SequenceStart)) {
                depth++;
                nodes++;
            } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
                depth--;
            } else if (event.is(Event.ID.Scalar) || event.is(Event.ID.Alias)) {
                nodes++;
            }
            if (depth > MAX_DEPTH || nodes > MAX_NODES) {
                problem(event.getStartMark().getLine() + 1, tooMuch());
                return false;
            }
        }
        return true;
    }

    static RuleException tooMuch() {
        return new RuleException(
                "goes, with its aliases, beyond " + MAX_NODES + " values or " + MAX_DEPTH + " levels", "");
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARS);
        options.setNestingDepthLimit(MAX_DEPTH + 1);
        options.setMaxAliasesForCollections(GatewayConfig.MAX_STREAMS);
        options.setTagInspector(tag -> true); // refused later, with the line; nothing is ever constructed
        DumperOptions unused = new DumperOptions();
        return new Yaml(
                new SafeConstructor(options), new Representer(unused), unused, options, new EverythingIsTextResolver());
    }

    private static RuleException syntax(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.startsWith("found undefined alias")) {
            return new RuleException(
                    "a word with * in front names no anchor", "Put a value that starts with * in quotes");
        }
        if (problem.contains("tag handle")) {
            return NodeConverter.tagRule();
        }
        if (problem.contains("(TAB)")) {
            return new RuleException("a tab may not stand in front of a value", "Use spaces");
        }
        Mark start = e.getContextMark();
        Mark end = e.getProblemMark();
        boolean further = start != null && end != null && start.getLine() != end.getLine();
        return new RuleException(
                "this is not YAML: " + Masked.oneLine(problem)
                        + (further ? ", in what starts at line " + (start.getLine() + 1) : ""),
                "");
    }

    private static int lineOf(String text, int codePoint) {
        return 1
                + (int) text.codePoints()
                        .limit(codePoint)
                        .filter(c -> c == '\n')
                        .count();
    }

    private void problem(int line, RuleException rule) {
        problems.add(new ConfigProblem(label, line, "", "", rule.rule(), rule.nextStep()));
    }

    /** Does not guess types from texts: a plain {@code on} is the text {@code on}. */
    private static final class EverythingIsTextResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // none
        }
    }
}
