package oriel.config;

import java.util.ArrayList;
import java.util.List;

/** The configuration can't be used; carries all that is wrong, at most {@value Problems#MAX} things. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;
    private final int further;

    /**
     * @param problems at least one
     * @param further how many more there were
     */
    ConfigException(List<ConfigProblem> problems, int further) {
        super(problems.getFirst().toString());
        this.problems = List.copyOf(problems);
        this.further = further;
    }

    /** One thing that is wrong. */
    ConfigException(ConfigProblem problem) {
        this(List.of(problem), 0);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    /** What the owner reads, a line for each problem. */
    public List<String> lines() {
        List<String> lines =
                new ArrayList<>(problems.stream().map(ConfigProblem::toString).toList());
        if (further > 0) {
            lines.add("and " + further + " more");
        }
        return lines;
    }
}
