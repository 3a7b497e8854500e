package oriel.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.net.MediaLoop;

/**
 * The life of one source: rests until somebody holds it, then tries, and tries again with growing waits, until nobody has
 * held it for a while. The tries run on one thread of their own; nothing is dialled under the monitor, so that asking
 * how a source is never waits for its camera.
 */
final class SourceScript {
    private static final Logger LOG = LoggerFactory.getLogger("streams");

    /** How long a source goes on trying for a viewer who left because it failed. */
    static final Duration FAILED_LINGER = Duration.ofSeconds(30);

    private static final Duration LEAST_BETWEEN_TRIES = Duration.ofSeconds(1);

    private final LiveSource source;
    private final Source camera;
    private final MediaLoop home;
    private final SourceSetting setting;
    private final Clock clock;
    private final Duration linger;
    private final RetryPolicy retry;
    private final Alarm alarm;

    // All below: guarded by this.
    private String name;
    private int holds;
    private boolean running;
    private boolean stopping;
    private boolean shut;
    private @Nullable Thread thread;
    private @Nullable SourceConnection connection;
    private MediaLoop.@Nullable Timer lingering;
    private SourceState state = SourceState.IDLE;
    private Optional<Failure> failure = Optional.empty();
    private Instant since;
    private long nextTryNanos;
    private long lastEndNanos;
    private long tries;
    private CompletableFuture<List<TrackFacts>> outcome = new CompletableFuture<>();

    SourceScript(LiveSource source, Source camera, MediaLoop home, SourceSetting setting, Duration linger) {
        this.source = source;
        this.camera = camera;
        this.home = home;
        this.setting = setting;
        this.clock = setting.seams().clock();
        this.linger = linger;
        this.retry = new RetryPolicy(setting.seams().random());
        this.alarm = clock.newAlarm();
        this.since = clock.now();
        this.name = source.toString();
    }

    synchronized void name(String said) {
        name = said;
    }

    /**
     * Starts what rests and hastens what waits. The hold knows the try that it caused: asked for later, that may be over,
     * and the next one's end would be waited for.
     */
    synchronized Hold hold() {
        holds++;
        if (lingering != null) {
            lingering.cancel();
            lingering = null;
        }
        if (!running && !shut) {
            running = true;
            stopping = false;
            enter(SourceState.CONNECTING);
            setting.scripts().execute(this::live);
        }
        return new Hold(source, outcomeForViewer(), this::release);
    }

    private CompletableFuture<List<TrackFacts>> outcomeForViewer() {
        if (state == SourceState.RETRYING) {
            if (retry.loginAtRisk() && failure.isPresent()) {
                return CompletableFuture.failedFuture(new FailureException(failure.get()));
            }
            hasten(lastEndNanos + LEAST_BETWEEN_TRIES.toNanos());
        }
        return outcome;
    }

    synchronized boolean isLive() {
        return state == SourceState.LIVE;
    }

    synchronized void tryNow() {
        retry.reset();
        if (state == SourceState.RETRYING) {
            hasten(clock.nanoTime());
        }
    }

    /** Ends the connection under way; who holds it gets the next one, at once. */
    synchronized void restart() {
        retry.reset();
        stopIfRunning();
    }

    synchronized Optional<Runnable> keyFrameRequest() {
        return connection == null ? Optional.empty() : connection.keyFrameRequest();
    }

    synchronized void opened(SourceConnection now, List<TrackFacts> facts) {
        if (connection != now) {
            return;
        }
        enter(SourceState.LIVE);
        failure = Optional.empty();
        LOG.info(
                "{}: live, {}",
                name,
                facts.stream().map(f -> f.track().toString()).toList());
        outcome.complete(facts);
    }

    /** Ends the run under way, whose connection is dead. */
    synchronized void interrupt(SourceConnection dead) {
        if (connection == dead && thread != null) {
            thread.interrupt();
        }
    }

    /** Ends the life for good. */
    synchronized void shut() {
        shut = true;
        stopIfRunning();
    }

    synchronized SourceStatus status(List<TrackStatus> tracks, long bytes, Map<String, Long> drops) {
        Optional<Instant> next = state == SourceState.RETRYING
                ? Optional.of(clock.now().plusNanos(Math.max(0, nextTryNanos - clock.nanoTime())))
                : Optional.empty();
        Optional<SourceInfo> info = connection == null ? Optional.empty() : connection.info();
        return new SourceStatus(state, failure, since, next, info, tracks, Math.max(0, tries - 1), bytes, drops);
    }

    private synchronized void release() {
        holds--;
        if (holds == 0 && running && !shut) {
            Duration patience = state == SourceState.RETRYING ? FAILED_LINGER : linger;
            lingering = home.schedule(patience, this::stopIfUnwanted);
        }
    }

    private synchronized void stopIfUnwanted() {
        lingering = null;
        if (holds == 0) {
            stopIfRunning();
        }
    }

    private void stopIfRunning() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void hasten(long nanoTime) {
        if (nanoTime - nextTryNanos < 0) {
            nextTryNanos = nanoTime;
            alarm.ring();
        }
    }

    private void enter(SourceState next) {
        if (state != next) {
            state = next;
            since = clock.now();
        }
    }

    // ---- the script's own thread ----

    private void live() {
        while (begin()) {
            Failure end = run();
            if (!finish(end)) {
                return;
            }
            await();
        }
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        if (leave()) {
            return false;
        }
        tries++;
        connection = new SourceConnection(source, home);
        enter(SourceState.CONNECTING);
        return true;
    }

    private Failure run() {
        SourceConnection now = current();
        Failure end;
        try {
            camera.run(now);
            end = new Failure.Protocol("it closed the connection.");
        } catch (FailureException e) {
            end = now.aborted().orElse(e.failure());
        } catch (InterruptedException e) {
            end = now.aborted().orElse(new Failure.Protocol("the connection was ended."));
        } catch (RuntimeException e) {
            LOG.error("{}: our own mistake ended the connection", source, e);
            end = new Failure.Server("its log has the details.");
        }
        home.execute(now::close);
        return end;
    }

    private synchronized SourceConnection current() {
        if (connection == null) {
            throw new IllegalStateException("no connection has begun");
        }
        return connection;
    }

    // False if this was the last try.
    private synchronized boolean finish(Failure end) {
        Duration framesFor = current().framesFor();
        connection = null;
        clearInterrupt();
        boolean wantedAgain = stopping && holds > 0;
        if (leave()) {
            return false;
        }
        if (wantedAgain) {
            nextTryNanos = clock.nanoTime();
            enter(SourceState.CONNECTING);
            return true;
        }
        Duration wait = retry.waitAfter(end, framesFor);
        failure = Optional.of(end);
        lastEndNanos = clock.nanoTime();
        nextTryNanos = lastEndNanos + wait.toNanos();
        enter(SourceState.RETRYING);
        LOG.warn("{}: {} Next try in {} ms.", name, end.sentence(), wait.toMillis());
        CompletableFuture<List<TrackFacts>> failed = outcome;
        outcome = new CompletableFuture<>();
        failed.completeExceptionally(new FailureException(end));
        return true;
    }

    // A hold that came while the script was stopping makes it go on.
    private boolean leave() {
        if (!shut && (!stopping || holds > 0)) {
            stopping = false;
            return false;
        }
        running = false;
        stopping = false;
        thread = null;
        enter(SourceState.IDLE);
        outcome.completeExceptionally(new FailureException(new Failure.Protocol("nobody wanted it any more.")));
        outcome = new CompletableFuture<>();
        return true;
    }

    private void await() {
        try {
            while (clock.nanoTime() - nextTry() < 0) {
                alarm.awaitUntil(nextTry());
            }
        } catch (InterruptedException e) {
            // Stopping: begin() sees it.
            clearInterrupt();
        }
    }

    private synchronized long nextTry() {
        return stopping || shut ? clock.nanoTime() : nextTryNanos;
    }

    // The wish to stop is kept in a field; the flag itself would end the next step's waits.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
