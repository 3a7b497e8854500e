package oriel.config;

/** A value breaks a rule; whoever knows its key and line turns this into a {@link ConfigProblem}. Without stack. */
final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final String rule;
    private final String nextStep;

    /**
     * @param rule as {@link ConfigProblem#rule()}; must not repeat the value, which may be a secret
     * @param nextStep as {@link ConfigProblem#nextStep()}
     */
    RuleException(String rule, String nextStep) {
        super(rule, null, false, false);
        this.rule = rule;
        this.nextStep = nextStep;
    }

    String rule() {
        return rule;
    }

    String nextStep() {
        return nextStep;
    }
}
