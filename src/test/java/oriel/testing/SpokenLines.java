package oriel.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a process says, line by line: kept, and waited for, because it comes later than what the process does. Any thread. */
public final class SpokenLines {
    private final Duration patience;
    private final List<String> lines = new ArrayList<>(); // guarded by this
    private int speaking; // guarded by this: streams that have not ended

    /** @param patience how long a line is waited for */
    public SpokenLines(Duration patience) {
        this.patience = patience;
    }

    /** Keeps what comes by {@code stream}, on a thread of its own; again for the process that follows. */
    public synchronized void listen(InputStream stream) {
        speaking++;
        Thread.ofVirtual().name("spoken-lines").start(() -> read(stream));
    }

    /** All that was said so far. */
    public synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /** Waits for a line that {@code regex} is found in, and gives it. */
    public synchronized String await(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            for (String line : lines) {
                if (pattern.matcher(line).find()) {
                    return line;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || speaking == 0) {
                throw new AssertionError("never said " + regex + ":\n" + String.join("\n", lines));
            }
            wait(left);
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // Java closes what a process says when it is ended by force.
        } finally {
            fallSilent();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void fallSilent() {
        speaking--;
        notifyAll();
    }
}
