package oriel.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.StreamScope;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonValue;

/**
 * Tells pages what becomes of the streams: looks twice a second while somebody listens, once for all of them, and says only
 * what is new. Any thread; one virtual thread of its own looks.
 */
final class EventFeed {
    /** Pages that listen at once; more are sent away, and ask for the list now and then instead. */
    static final int MAX_LISTENERS = 128;

    /** Of those, of one user or address. */
    static final int MAX_EACH = 32;

    private static final Logger LOG = LoggerFactory.getLogger("api");

    /** How often it looks. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** How often it speaks at least, so that a page sees that the line is alive. */
    static final Duration PING = Duration.ofSeconds(25);

    private final Supplier<JsonObject> list;
    private final Clock clock;
    private final Alarm alarm;
    private final Map<String, Listener> listeners = new HashMap<>(); // guarded by this, as is the thread
    private @Nullable Thread looking;

    /** A page, and what it knows. Touched by the thread that looks only. */
    private static final class Listener {
        private final StreamScope theirs;
        private final BiConsumer<String, JsonValue> send;
        private @Nullable Map<String, JsonValue> known;
        private long spokenNanos;

        Listener(StreamScope theirs, BiConsumer<String, JsonValue> send) {
            this.theirs = theirs;
            this.send = send;
        }

        void tell(Map<String, JsonValue> all, long nanos) {
            Map<String, JsonValue> now = new LinkedHashMap<>(all);
            now.keySet().removeIf(name -> !theirs.allows(name));
            Map<String, JsonValue> before = known;
            known = now;
            if (before == null) {
                say("snapshot", new JsonObject(now), nanos);
                return;
            }
            Map<String, JsonValue> changes = new LinkedHashMap<>(now);
            changes.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
            before.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(name -> changes.put(name, new JsonNull()));
            if (!changes.isEmpty()) {
                say("changes", new JsonObject(changes), nanos);
            } else if (nanos - spokenNanos >= PING.toNanos()) {
                say("ping", JsonObject.empty(), nanos);
            }
        }

        private void say(String type, JsonValue value, long nanos) {
            spokenNanos = nanos;
            send.accept(type, value);
        }
    }

    /** @param list all streams as they are at this moment */
    EventFeed(Supplier<JsonObject> list, Clock clock) {
        this.list = list;
        this.clock = clock;
        this.alarm = clock.newAlarm();
    }

    /**
     * Tells another page from now on, the whole first.
     *
     * @param theirs the streams that it is told of
     * @param send takes type and value
     * @return false if there are too many
     */
    synchronized boolean open(String id, StreamScope theirs, BiConsumer<String, JsonValue> send) {
        if (listeners.size() >= MAX_LISTENERS) {
            return false;
        }
        listeners.put(id, new Listener(theirs, send));
        alarm.ring();
        if (looking == null) {
            looking = Thread.ofVirtual().name("events").start(this::look);
        }
        return true;
    }

    synchronized void close(String id) {
        listeners.remove(id);
    }

    // Our own mistake in one look must not end the news of all.
    private void tell(Map<String, Listener> all, long nanos) {
        try {
            JsonObject now = (JsonObject) StreamJson.withoutCounters(list.get());
            all.values().forEach(listener -> listener.tell(now.members(), nanos));
        } catch (RuntimeException e) {
            LOG.error("the pages were not told the news", e);
        }
    }

    private void look() {
        try {
            while (true) {
                Map<String, Listener> all;
                synchronized (this) {
                    if (listeners.isEmpty()) {
                        looking = null;
                        return;
                    }
                    all = new HashMap<>(listeners);
                }
                long nanos = clock.nanoTime();
                tell(all, nanos);
                alarm.awaitUntil(nanos + INTERVAL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
