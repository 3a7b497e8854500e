package oriel.homeassistant.discovery;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.output.still.NoStillException;
import oriel.output.still.Still;

/**
 * Which cameras a still is taken of, and when: of one that runs every 10 s, of each once after the start, of one that is
 * asked for now. A camera is never connected, or kept so, for the ones in between. Two at a time; what is due waits as
 * cameras do, without a queue. {@link #look} is for one thread.
 */
final class StillRound {
    /** Between two stills of a camera that runs. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Stills under way. */
    static final int AT_ONCE = 2;

    /** A larger picture is not sent: brokers and Home Assistant keep it in memory. */
    static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("mqtt");

    private final CameraDesk cameras;
    private final Executor threads;
    private final Runnable done;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<String, Long> last = new HashMap<>(); // by camera, when one was begun
    private final Set<String> wanted = ConcurrentHashMap.newKeySet(); // cameras there are, so bounded as they are
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Still> finished = new ConcurrentHashMap<>();

    /**
     * @param threads one for each still under way, virtual outside of tests
     * @param done called when one is there
     */
    StillRound(CameraDesk cameras, Executor threads, Runnable done) {
        this.cameras = cameras;
        this.threads = threads;
        this.done = done;
    }

    /** Takes one of this camera as soon as there is room. Any thread. */
    void ask(String name) {
        wanted.add(name);
    }

    /** Begins what is due. */
    void look(List<Camera> all, long nanos) {
        Set<String> names = new HashSet<>();
        all.forEach(camera -> names.add(camera.name()));
        last.keySet().retainAll(names);
        wanted.retainAll(names);
        finished.keySet().retainAll(names);
        all.stream().filter(camera -> wanted.contains(camera.name())).forEach(camera -> begin(camera, nanos));
        // Who waited longest is first.
        all.stream()
                .filter(camera -> isDue(camera, nanos))
                .sorted((a, b) -> Long.compare(waited(b, nanos), waited(a, nanos)))
                .forEach(camera -> begin(camera, nanos));
    }

    /** What has come since the last call, by camera. */
    Map<String, Still> take() {
        Map<String, Still> taken = new HashMap<>();
        for (String name : List.copyOf(finished.keySet())) {
            Still still = finished.remove(name);
            if (still != null) {
                taken.put(name, still);
            }
        }
        return taken;
    }

    private boolean isDue(Camera camera, long nanos) {
        if (!camera.enabled() || underWay.contains(camera.name())) {
            return false;
        }
        boolean first = !last.containsKey(camera.name());
        return (first && !camera.spared()) || (runs(camera) && waited(camera, nanos) >= INTERVAL.toNanos());
    }

    // For a reason of its own: a still keeps a camera for some seconds, and would be the reason for the next one.
    private static boolean runs(Camera camera) {
        return switch (camera.reading().state()) {
            case LIVE -> !camera.reading().viewers().isEmpty() || camera.keepAlive();
            case IDLE, CONNECTING, RETRYING, OFF -> false;
        };
    }

    private long waited(Camera camera, long nanos) {
        return Optional.ofNullable(last.get(camera.name()))
                .map(began -> nanos - began)
                .orElse(Long.MAX_VALUE);
    }

    private void begin(Camera camera, long nanos) {
        String name = camera.name();
        if (underWay.contains(name) || !free.tryAcquire()) {
            return;
        }
        boolean asked = wanted.remove(name);
        underWay.add(name);
        last.put(name, nanos);
        try {
            threads.execute(() -> take(name, asked));
        } catch (RejectedExecutionException e) {
            end(name); // Closing.
        }
    }

    private void take(String name, boolean asked) {
        try {
            cameras.still(name).ifPresent(still -> finish(name, still));
        } catch (NoStillException e) {
            if (asked) {
                LOG.info("{}: no snapshot: {}", name, e.getMessage());
            } else {
                LOG.debug("{}: no still: {}", name, e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(name);
            done.run();
        }
    }

    private void finish(String name, Still still) {
        if (still.jpeg().length() <= MAX_BYTES) {
            finished.put(name, still);
        } else {
            LOG.warn(
                    "{}: its still has {} bytes, which is too much to send",
                    name,
                    still.jpeg().length());
        }
    }

    private void end(String name) {
        underWay.remove(name);
        free.release();
    }
}
