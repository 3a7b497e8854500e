package oriel.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oriel.base.Alarm;
import oriel.base.Clock;

/**
 * One running child. A thread of its own reads its error output and ends with it. Safe on any thread.
 */
public final class Child {
    /** What a child gets between being asked and being killed, if nothing else was said. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    private static final int READ_BYTES = 8192;
    private static final long SHORT_PAUSE_MILLIS = 10;
    private static final long LONG_PAUSE_MILLIS = 160;

    // A grandchild that inherited the pipe may go on writing after the child's end.
    private static final int MAX_BYTES_AFTER_END = 256 * 1024;

    private final ChildCommand command;
    private final Process process;
    private final Clock clock;
    private final ErrorLines lines;
    private final CompletableFuture<ChildExit> exit = new CompletableFuture<>();
    private final AtomicBoolean up = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Alarm startAlarm;
    private volatile @Nullable String why;

    private final Consumer<Child> onEnd;

    /** @param onEnd called once, just before {@link #exit()} completes */
    Child(ChildCommand command, Process process, Clock clock, Consumer<String> consumer, Consumer<Child> onEnd) {
        this.onEnd = onEnd;
        this.command = command;
        this.process = process;
        this.clock = clock;
        this.lines = new ErrorLines(consumer);
        this.startAlarm = clock.newAlarm();
    }

    /** Begins to read and to watch; called once. */
    void watch() {
        Thread.ofPlatform().daemon().name(threadName("errors")).start(this::readErrors);
        if (command.startLimit().isPresent()) {
            Duration limit = command.startLimit().get();
            exit.thenRun(startAlarm::ring);
            Thread.ofVirtual().name(threadName("start")).start(() -> awaitStart(limit));
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Its standard input; the command must have asked for it. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Its standard output; the command must have asked for a pipe, and somebody must read it. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Completes, never with an exception, when the child has ended and its last words are read. */
    public CompletableFuture<ChildExit> exit() {
        return exit.copy();
    }

    /** Says that it has come up in time; from now on its start limit is void. */
    public void up() {
        up.set(true);
        startAlarm.ring();
    }

    /**
     * Ends the child and all it started: asks them, and kills after {@code grace} what has not followed. Returns at once;
     * a second call adds nothing.
     *
     * @return as {@link #exit()}
     */
    public CompletableFuture<ChildExit> stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            Set<ProcessHandle> family = family();
            family.forEach(ProcessHandle::destroy);
            Alarm alarm = clock.newAlarm();
            long deadline = clock.nanoTime() + grace.toNanos();
            exit.thenRun(alarm::ring);
            Thread.ofVirtual().name(threadName("stop")).start(() -> killLater(family, alarm, deadline));
        }
        return exit();
    }

    /** Ends the child at once, for a reason that its exit will tell; one that has ended tells its own. */
    public void kill(String reason) {
        if (process.isAlive()) {
            why = reason;
            stopping.set(true);
        }
        family().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return command.name() + " (process " + process.pid() + ")";
    }

    private void killLater(Set<ProcessHandle> family, Alarm alarm, long deadline) {
        try {
            alarm.awaitUntil(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // What it started meanwhile, and what it left behind.
            family.addAll(family());
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Set<ProcessHandle> family() {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        family.add(process.toHandle());
        process.descendants().forEach(family::add);
        return family;
    }

    private void awaitStart(Duration limit) {
        try {
            startAlarm.awaitUntil(clock.nanoTime() + limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!up.get() && !exit.isDone()) {
            kill("did not start within " + limit.toSeconds() + " s");
        }
    }

    // Looks for output instead of blocking for it: a grandchild that inherited the pipe keeps it open after the child's
    // end, and nothing wakes a thread that blocks in a pipe's read. Pausing also keeps a flood from taking a core.
    private void readErrors() {
        byte[] buffer = new byte[READ_BYTES];
        int afterEnd = 0;
        long pause = SHORT_PAUSE_MILLIS;
        try (InputStream errors = errors()) {
            while (afterEnd < MAX_BYTES_AFTER_END) {
                boolean ended = !process.isAlive();
                int ready = errors.available();
                if (ready > 0) {
                    int count = errors.read(buffer, 0, Math.min(ready, READ_BYTES));
                    lines.feed(buffer, Math.max(count, 0), clock.nanoTime());
                    pause = SHORT_PAUSE_MILLIS;
                    afterEnd += ended ? count : 0;
                } else if (ended) {
                    break;
                }
                if (!ended && (ready == 0 || lines.flooded())) {
                    process.waitFor(pause, TimeUnit.MILLISECONDS);
                    pause = Math.min(2 * pause, LONG_PAUSE_MILLIS);
                }
            }
        } catch (IOException e) {
            lines.feed("its pipe broke: " + e.getMessage(), clock.nanoTime());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; should it happen, the child must not stay without a reader.
            process.destroyForcibly();
        }
        finish();
    }

    private InputStream errors() {
        return command.output() == ChildCommand.Output.LINES ? process.getInputStream() : process.getErrorStream();
    }

    private void finish() {
        int code = awaitCode();
        lines.end(clock.nanoTime());
        closeQuietly();
        List<String> last = lines.lastLines();
        onEnd.accept(this);
        exit.complete(new ChildExit(code, Optional.ofNullable(why), stopping.get(), last));
    }

    private int awaitCode() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private void closeQuietly() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The child is gone: this can only be about bytes that nobody waits for, and would hide its last words.
        }
    }

    private String threadName(String duty) {
        return "child-" + command.name() + "-" + duty;
    }
}
