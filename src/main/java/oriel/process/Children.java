package oriel.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import oriel.base.Clock;

/**
 * Starts children and remembers those that run, so that none outlives us: {@link #close()} ends them, and so does the
 * end of this JVM. Safe on any thread.
 */
public final class Children implements AutoCloseable {
    /** At most so many at once; a further start is refused. */
    public static final int MAX_RUNNING = 256;

    private static final long KILLED_MILLIS = 1000;

    private final Clock clock;
    private final Map<String, String> ours;
    private final Optional<ChildUser> user;
    private final Set<Child> running = ConcurrentHashMap.newKeySet();
    private final Thread hook = new Thread(this::stopAll, "children-shutdown");
    private boolean closed; // guarded by this

    /**
     * As the user that the environment names, see {@link ChildUser}.
     *
     * @param clock measures grace and start limits
     */
    public Children(Clock clock) {
        this(clock, System.getenv());
    }

    Children(Clock clock, Map<String, String> ours) {
        this.clock = clock;
        this.ours = Map.copyOf(ours);
        this.user = ChildUser.of(ours);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a child.
     *
     * @param lines takes its error output, line by line, at most {@value ErrorLines#LINES_A_SECOND} a second and without
     *     secrets, on a thread of the child's; must not block for long
     * @throws IOException if the system cannot start it, too many run, or this is closed
     */
    public Child start(ChildCommand command, Consumer<String> lines) throws IOException {
        Child child;
        synchronized (this) {
            if (closed) {
                throw new IOException(command.name() + " is not started: Oriel is ending");
            }
            if (running.size() >= MAX_RUNNING) {
                throw new IOException(command.name() + " is not started: " + MAX_RUNNING + " processes run already");
            }
            child = new Child(command, builder(command).start(), clock, lines, running::remove);
            running.add(child);
        }
        child.watch();
        if (!command.input()) {
            child.input().close();
        }
        return child;
    }

    /** Who children run as; empty if they are what we are. */
    public Optional<ChildUser> user() {
        return user;
    }

    /** Those that run now. */
    public Set<Child> running() {
        return Set.copyOf(running);
    }

    /** Ends all children, those that do not follow within {@link Child#GRACE} by force; starts no more. */
    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending and runs the hook itself: it finds nothing left to do.
            return;
        }
    }

    private void stopAll() {
        synchronized (this) {
            closed = true;
        }
        List<CompletableFuture<ChildExit>> exits =
                running.stream().map(child -> child.stop(Child.GRACE)).toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(exits.toArray(CompletableFuture[]::new));
        try {
            all.get(Child.GRACE.toMillis() + KILLED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            running.forEach(child -> child.kill("did not end"));
        }
    }

    private ProcessBuilder builder(ChildCommand command) {
        ProcessBuilder builder =
                new ProcessBuilder(user.map(u -> u.command(command.argv())).orElse(command.argv()));
        command.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        switch (command.output()) {
            case NONE -> builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            case PIPE -> builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
            case LINES -> builder.redirectErrorStream(true);
        }
        builder.environment().clear();
        builder.environment().putAll(ChildEnvironment.of(ours, command.environment()));
        return builder;
    }
}
