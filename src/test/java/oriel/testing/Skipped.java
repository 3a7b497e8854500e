package oriel.testing;

import org.opentest4j.TestAbortedException;

/**
 * Skips tests that this machine cannot run, aloud: the reason is printed, and stands in the test report. Where the variable
 * {@code ORIEL_NO_SKIPS} is set, as in CI, that is an error instead.
 */
public final class Skipped {
    private static final String FORBIDDEN = "ORIEL_NO_SKIPS";

    private Skipped() {}

    /**
     * What to throw where a test cannot go on.
     *
     * @param what the tests, as in "tests in Chromium"
     * @param why what is missing, and how to get it
     */
    public static TestAbortedException because(String what, String why) {
        String line = "SKIPPED: " + what + ": " + why;
        System.err.println(line);
        if (!System.getenv().getOrDefault(FORBIDDEN, "").isEmpty()) {
            throw new AssertionError(line + " (" + FORBIDDEN + " is set: nothing may be skipped here)");
        }
        return new TestAbortedException(line);
    }
}
