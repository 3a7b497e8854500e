package oriel.bench;

import java.util.concurrent.TimeUnit;

/** How the bench ends a process that it has started. */
final class ProcessEnd {
    private static final long PATIENCE_SECONDS = 10;

    private ProcessEnd() {}

    /** Asks it to end, waits, and ends it by force if it takes too long. */
    static void await(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
