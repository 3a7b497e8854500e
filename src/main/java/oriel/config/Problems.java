package oriel.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is worth saying while one configuration is loaded. For one thread. */
final class Problems {
    /** Most problems that are told; more would only push the first off the screen. */
    static final int MAX = 20;

    private static final int MAX_NOTES = 200;

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigNote> notes = new ArrayList<>();
    private int further;
    private int furtherNotes;

    void add(ConfigProblem problem) {
        if (problems.size() < MAX) {
            problems.add(new ConfigProblem(
                    Masked.oneLine(problem.file()),
                    problem.line(),
                    Masked.oneLine(problem.key()),
                    problem.value(),
                    problem.rule(),
                    problem.nextStep()));
        } else {
            further++;
        }
    }

    void add(Place place, String key, String value, RuleException rule) {
        add(new ConfigProblem(place.file(), place.line(), key, value, rule.rule(), rule.nextStep()));
    }

    void note(boolean warning, String text) {
        if (notes.size() < MAX_NOTES) {
            notes.add(new ConfigNote(warning, text));
        } else {
            furtherNotes++;
        }
    }

    List<ConfigNote> notes() {
        List<ConfigNote> all = new ArrayList<>(notes);
        if (furtherNotes > 0) {
            all.add(new ConfigNote(true, "and " + furtherNotes + " more notes on the configuration"));
        }
        return all;
    }

    void throwIfAny() throws ConfigException {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, further);
        }
    }
}
