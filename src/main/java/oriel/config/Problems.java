package oriel.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is worth saying while one configuration is loaded. For one thread. */
final class Problems {
    /** Most problems that are told; more would only push the first off the screen. */
    static final int MAX = 20;

    private static final int MAX_NOTES = 200;

    private final int max;
    private final List<Idle> idle = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigNote> notes = new ArrayList<>();
    private int further;
    private int furtherNotes;

    /** For what its owner reads line by line. */
    Problems() {
        this(MAX);
    }

    /** Keeps {@code max} problems. */
    Problems(int max) {
        this.max = max;
    }

    /**
     * A key that has no effect.
     *
     * @param path with dots
     * @param known whether it is one of go2rtc's, or ours of a later version
     */
    record Idle(String path, boolean known) {}

    /** A key that nobody knows, or of which only part is not there yet. */
    void idle(String path, boolean known) {
        if (idle.size() < YamlReader.MAX_NODES) {
            idle.add(new Idle(path, known));
        }
    }

    /** All keys without effect. */
    List<Idle> idle() {
        return List.copyOf(idle);
    }

    /** What is wrong, as far as it was kept. */
    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    void add(ConfigProblem problem) {
        if (problems.size() < max) {
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
