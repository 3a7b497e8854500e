package oriel.process;

import java.util.List;
import java.util.Optional;

/**
 * How a child ended.
 *
 * @param code its exit code; 128 and the signal's number if a signal ended it
 * @param why what we held against it (such as a start that took too long), if we ended it for that
 * @param stopped whether we asked it to end
 * @param lastLines the end of its error output, oldest first, at most {@value ErrorLines#KEPT_LINES}; without secrets
 */
public record ChildExit(int code, Optional<String> why, boolean stopped, List<String> lastLines) {
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    public ChildExit {
        lastLines = List.copyOf(lastLines);
    }

    /** In words: {@code ended with code 1: Connection refused}. */
    public String text() {
        return why.orElseGet(this::cause) + (lastLines.isEmpty() ? "" : ": " + lastLines.getLast());
    }

    private String cause() {
        if (code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL) {
            return "was ended by signal " + (code - SIGNALLED);
        }
        return "ended with code " + code;
    }
}
