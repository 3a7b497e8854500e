package oriel.testing;

import org.opentest4j.TestAbortedException;

/** Skips tests that this machine cannot run, aloud: the reason is printed, and stands in the test report. */
public final class Skipped {
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
        return new TestAbortedException(line);
    }
}
